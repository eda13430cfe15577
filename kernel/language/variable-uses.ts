/** Finds where code outside of any inner scope's reach uses or declares its top-level variables. */
import type { Node, Program } from "oxc-parser";
import { type AnyNode, declareLexical, declarePattern, hoistVars, isNode, Scope } from "./scope.ts";

/** An identifier that means a top-level or global variable. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Whether it stands for name and value, as in `{ a }`. */
  readonly isShorthand: boolean;
}

/** An assignment to a top-level or global variable. */
export interface Assignment {
  readonly name: string;
  /** What is assigned, or walked through by a loop; undefined for `++` and `--`. */
  readonly value: Node | undefined;
  readonly node: Node;
}

export interface VariableUses {
  readonly uses: readonly VariableUse[];
  readonly assignments: readonly Assignment[];
}

/** Names of functions and classes, and what imports and `export { … }` name, are left to the caller. */
export function variableUses(program: Program): VariableUses {
  const walk = new Walk();
  for (const statement of program.body) walk.visit(statement, new Scope(undefined));
  return walk;
}

class Walk implements VariableUses {
  readonly uses: VariableUse[] = [];
  readonly assignments: Assignment[] = [];

  visit(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) for (const item of value) this.visit(item, scope);
    else if (isNode(value)) this.#node(value, scope);
  }

  #node(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case "Identifier":
        return this.#use(node, scope);
      case "MemberExpression":
        this.visit(node.object, scope);
        if (node.computed) this.visit(node.property, scope);
        return;
      case "Property":
        return this.#property(node, scope);
      case "LabeledStatement":
        return this.visit(node.body, scope);
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return;
      case "ExportNamedDeclaration":
        return this.visit(node.declaration, scope);
      case "AssignmentExpression":
        this.#assigned(node.left as AnyNode, node, scope, node.right as AnyNode);
        return this.#children(node, scope);
      case "UpdateExpression":
        this.#assigned(node.argument as AnyNode, node, scope);
        return this.#children(node, scope);
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return this.#function(node, scope);
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node, scope);
      default:
        this.#block(node, scope);
    }
  }

  #block(node: AnyNode, scope: Scope): void {
    const inner = new Scope(scope);
    switch (node.type) {
      case "BlockStatement":
        declareLexical(node.body as AnyNode[], inner);
        break;
      case "StaticBlock":
        hoistVars(node.body, inner);
        declareLexical(node.body as AnyNode[], inner);
        break;
      case "SwitchStatement":
        for (const { consequent } of node.cases as AnyNode[]) declareLexical(consequent as AnyNode[], inner);
        break;
      case "CatchClause":
        declarePattern(node.param, inner);
        break;
      case "ForStatement":
        if (isNode(node.init)) declareLexical([node.init], inner);
        break;
      case "ForInStatement":
      case "ForOfStatement":
        declareLexical([node.left as AnyNode], inner);
        this.#assigned(node.left as AnyNode, node, inner, node.right as AnyNode);
        break;
    }
    this.#children(node, inner);
  }

  #children(node: AnyNode, scope: Scope): void {
    for (const [field, value] of Object.entries(node)) if (field !== "type") this.visit(value, scope);
  }

  #property(node: AnyNode, scope: Scope): void {
    if (node.computed) this.visit(node.key, scope);
    const value = node.value as AnyNode;
    // With a default, `{ a = 1 }` is a pattern whose left side is the shorthand.
    const short = value.type === "AssignmentPattern" ? (value.left as AnyNode) : value;
    if (!node.shorthand) return this.visit(value, scope);
    this.#use(short, scope, true);
    if (value !== short) this.visit(value.right, scope);
  }

  #function(node: AnyNode, scope: Scope): void {
    const inner = new Scope(scope);
    if (node.type !== "ArrowFunctionExpression") inner.names.add("arguments");
    if (node.type === "FunctionExpression") declarePattern(node.id, inner);
    declarePattern(node.params, inner);
    hoistVars(node.body, inner);
    this.visit(node.params, inner);
    this.visit(node.body, inner);
  }

  #class(node: AnyNode, scope: Scope): void {
    const inner = new Scope(scope);
    declarePattern(node.id, inner);
    this.visit(node.superClass, inner);
    for (const member of (node.body as AnyNode).body as AnyNode[]) {
      if (member.type === "StaticBlock") this.visit(member, inner);
      if (member.computed) this.visit(member.key, inner);
      this.visit(member.value, inner);
    }
  }

  #use(node: AnyNode, scope: Scope, isShorthand = false): void {
    const name = node.name as string;
    if (!scope.has(name)) this.uses.push({ name, start: node.start, end: node.end, isShorthand });
  }

  /** Notes each variable in what is assigned to: a name, or a pattern with names in it. */
  #assigned(target: AnyNode, node: AnyNode, scope: Scope, value?: AnyNode): void {
    if (target.type === "VariableDeclaration") return;
    const names = new Scope(undefined);
    declarePattern(target, names);
    for (const name of names.names) {
      if (!scope.has(name))
        this.assignments.push({ name, value: value as Node | undefined, node: node as Node });
    }
  }
}
