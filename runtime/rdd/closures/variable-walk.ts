// What a function's syntax uses from outside.
import { declare, declareLexical, hoistVars, isNode, type Node, Scope } from "./declarations.ts";

/** An `import("…")` in a text. */
export interface DynamicImport {
  /** Where its word `import` stands in the text. */
  readonly start: number;
  /** What it imports, where the text says so. */
  readonly specifier: string | undefined;
}

interface Found {
  readonly name: string;
  readonly members: Set<string>;
  readonly calledWith: Set<string>;
  isWhole: boolean;
  isOnlyTypeof: boolean;
  isAssigned: boolean;
}

export class VariableWalk {
  readonly top = new Scope(undefined);
  readonly found = new Map<string, Found>();
  readonly imports: DynamicImport[] = [];
  usesOuterThis = false;
  usesOuterArguments = false;
  usesImportMeta = false;
  usesOuterSuper = false;
  hasPrivateFields = false;
  #classDepth = 0;

  visit(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item, scope);
    } else if (isNode(value)) this.#node(value, scope);
  }

  #node(node: Node, scope: Scope): void {
    switch (node.type) {
      case "Identifier":
        this.#use(node.name as string, scope, { isWhole: true });
        break;
      case "ThisExpression":
        if (!scope.hasOwnThis) this.usesOuterThis = true;
        break;
      case "Super":
        if (this.#classDepth === 0) this.usesOuterSuper = true;
        break;
      case "MetaProperty":
        if ((node.meta as Node).name === "import") this.usesImportMeta = true;
        else if (!scope.hasOwnThis) this.usesOuterThis = true;
        break;
      case "UnaryExpression": {
        const argument = node.argument as Node;
        if (node.operator === "typeof" && argument.type === "Identifier") {
          this.#use(argument.name as string, scope, { isWhole: true, isTypeof: true });
        } else this.visit(argument, scope);
        break;
      }
      case "MemberExpression":
        this.#member(node, scope);
        break;
      case "ImportExpression": {
        const specifier = textOf(node.source as Node);
        this.imports.push({ start: node.start, specifier });
        this.#children(node, scope);
        break;
      }
      case "CallExpression": {
        const callee = node.callee as Node;
        const [first] = node.arguments as Node[];
        const calledWith = first && textOf(first);
        if (callee.type === "Identifier" && calledWith !== undefined)
          this.#use(callee.name as string, scope, { isWhole: true, calledWith });
        this.#children(node, scope);
        break;
      }
      case "AssignmentExpression":
      case "UpdateExpression":
      case "ForInStatement":
      case "ForOfStatement":
        this.#assigns(node.left ?? node.argument, scope);
        this.#loopOrChildren(node, scope);
        break;
      case "Property":
        if (node.computed) this.visit(node.key, scope);
        this.visit(node.value, scope);
        break;
      case "LabeledStatement":
        this.visit(node.body, scope);
        break;
      case "BreakStatement":
      case "ContinueStatement":
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.#function(node, scope);
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        this.#class(node, scope);
        break;
      case "VariableDeclarator":
        this.#pattern(node.id, scope);
        this.visit(node.init, scope);
        break;
      case "CatchClause": {
        const inner = new Scope(scope);
        declare(node.param, inner);
        this.#pattern(node.param, inner);
        this.visit(node.body, inner);
        break;
      }
      case "BlockStatement":
        this.#statements(node.body as Node[], new Scope(scope));
        break;
      case "StaticBlock": {
        const inner = new Scope(scope, true);
        hoistVars(node.body, inner);
        this.#statements(node.body as Node[], inner);
        break;
      }
      case "SwitchStatement": {
        this.visit(node.discriminant, scope);
        const inner = new Scope(scope);
        const cases = node.cases as Node[];
        for (const { consequent } of cases) declareLexical(consequent as Node[], inner);
        for (const { test, consequent } of cases) this.visit([test, consequent], inner);
        break;
      }
      case "ForStatement":
        this.#loopOrChildren(node, scope);
        break;
      default:
        this.#children(node, scope);
    }
  }

  #children(node: Node, scope: Scope): void {
    for (const field in node) if (field !== "type") this.visit(node[field], scope);
  }

  #loopOrChildren(node: Node, scope: Scope): void {
    if (!node.type.startsWith("For")) return this.#children(node, scope);
    const inner = new Scope(scope);
    declareLexical([(node.init ?? node.left) as Node], inner);
    this.#children(node, inner);
  }

  /** Notes the variables that an assignment's left side gives values to. */
  #assigns(target: unknown, scope: Scope): void {
    if (!isNode(target) || target.type === "VariableDeclaration" || target.type === "MemberExpression")
      return;
    const names = new Scope(undefined);
    declare(target, names);
    for (const name of names.names) this.#use(name, scope, { isWhole: true, isAssigned: true });
  }

  #statements(statements: Node[], scope: Scope): void {
    declareLexical(statements, scope);
    this.visit(statements, scope);
  }

  #member(node: Node, scope: Scope): void {
    const object = node.object as Node;
    const property = node.property as Node;
    const name = node.computed ? undefined : (property.name as string);
    if (object.type === "Identifier" && name !== undefined)
      this.#use(object.name as string, scope, { member: name });
    else this.visit(object, scope);
    if (node.computed) this.visit(property, scope);
  }

  #function(node: Node, scope: Scope): void {
    const isArrow = node.type === "ArrowFunctionExpression";
    const inner = new Scope(scope, isArrow ? scope.hasOwnThis : true);
    if (!isArrow) inner.names.add("arguments");
    if (node.type === "FunctionExpression") declare(node.id, inner);
    declare(node.params, inner);
    this.#pattern(node.params, inner);
    const body = node.body as Node;
    if (body.type !== "BlockStatement") return this.visit(body, inner);
    hoistVars(body, inner);
    this.#statements(body.body as Node[], inner);
  }

  #class(node: Node, scope: Scope): void {
    const inner = new Scope(scope);
    declare(node.id, inner);
    this.visit(node.superClass, inner);
    this.#classDepth++;
    for (const member of (node.body as Node).body as Node[]) {
      // Private methods count too: who calls one must have been made by the constructor.
      if ((member.key as Node | undefined)?.type === "PrivateIdentifier" && !member.static) {
        this.hasPrivateFields = true;
      }
      if (member.type === "StaticBlock") this.visit(member, inner);
      if (member.computed) this.visit(member.key, inner);
      this.visit(member.value, new Scope(inner, true));
    }
    this.#classDepth--;
  }

  /** The parts of a pattern that are evaluated: defaults and computed keys. */
  #pattern(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) {
      for (const item of value) this.#pattern(item, scope);
    }
    if (!isNode(value)) return;
    if (value.type === "AssignmentPattern") {
      this.#pattern(value.left, scope);
      this.visit(value.right, scope);
    } else if (value.type === "Property") {
      if (value.computed) this.visit(value.key, scope);
      this.#pattern(value.value, scope);
    } else if (value.type !== "Identifier") {
      for (const field of ["argument", "elements", "properties", "items", "rest"])
        this.#pattern(value[field], scope);
    }
  }

  #use(
    name: string,
    scope: Scope,
    use: {
      member?: string;
      isWhole?: boolean;
      isTypeof?: boolean;
      isAssigned?: boolean;
      calledWith?: string;
    },
  ): void {
    if (scope.has(name)) return;
    if (name === "arguments") {
      this.usesOuterArguments = true;
      return;
    }
    let found = this.found.get(name);
    if (!found) this.found.set(name, (found = newlyFound(name)));
    if (use.member !== undefined) found.members.add(use.member);
    if (use.isWhole) found.isWhole = true;
    if (!use.isTypeof) found.isOnlyTypeof = false;
    if (use.isAssigned) found.isAssigned = true;
    if (use.calledWith !== undefined) found.calledWith.add(use.calledWith);
  }
}

function newlyFound(name: string): Found {
  return {
    name,
    members: new Set(),
    calledWith: new Set(),
    isWhole: false,
    isOnlyTypeof: true,
    isAssigned: false,
  };
}

/** The text of a literal: `"lodash"`. */
function textOf(node: Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral" || (node.expressions as Node[]).length > 0) return undefined;
  return ((node.quasis as { value: { cooked?: string } }[])[0].value.cooked ?? undefined) as
    | string
    | undefined;
}
