// The names that a function's text uses from outside, by syntax.
import { parseSync } from "oxc-parser";
import type { Node } from "./declarations.ts";
import { type DynamicImport, VariableWalk } from "./variable-walk.ts";

export interface FreeVariable {
  readonly name: string;
  /** The properties read off it, if nothing else is done with it: of a module only these are needed. */
  readonly members: ReadonlySet<string> | undefined;
  /** Whether it is only asked `typeof`, so that it needn't exist. */
  readonly isOnlyTypeof: boolean;
  /** Whether the text gives it another value. */
  readonly isAssigned: boolean;
  /** The texts it is called with, such as `"lodash"` in `require("lodash")`. */
  readonly calledWith: ReadonlySet<string>;
}

export interface FunctionText {
  readonly variables: readonly FreeVariable[];
  /** Text such as `parse(x) { … }` stands only inside an object literal. */
  readonly isMethod: boolean;
  readonly isClass: boolean;
  readonly isAsync: boolean;
  /** An arrow function that uses the `this` of where it stands. */
  readonly usesOuterThis: boolean;
  /** The same of `arguments`. */
  readonly usesOuterArguments: boolean;
  readonly usesImportMeta: boolean;
  /** A method that uses the `super` of its class. */
  readonly usesOuterSuper: boolean;
  /** What stands after `extends`, as a range of the text: it was evaluated when the class was defined. */
  readonly parent: readonly [start: number, end: number] | undefined;
  readonly imports: readonly DynamicImport[];
  /** The computed name of a method, as a range of the text; used at the definition too. */
  readonly computedName: readonly [start: number, end: number] | undefined;
  readonly hasPrivateFields: boolean;
  /** Where V8 says the function starts, counted from the text's start: its parameters, or itself. */
  readonly anchor: number;
}

/** Reads a function's text; undefined if it isn't one, as for native functions. */
export function readFunction(source: string): FunctionText | undefined {
  const standing = parse(`(${source})`);
  const asMethod = standing ? undefined : parse(`({${source}})`);
  const prefix = standing ? 1 : 2;
  const root = standing ?? (asMethod?.properties as Node[] | undefined)?.[0];
  if (!root) return undefined;
  const node = asMethod ? (root.value as Node) : root;
  const walk = new VariableWalk();
  const parent = node.type === "ClassExpression" ? (node.superClass as Node | null) : null;
  walk.visit(parent ? { ...node, superClass: null } : node, walk.top);
  const key = asMethod && root.computed ? (root.key as Node) : undefined;
  return {
    variables: [...walk.found.values()].map(({ members, isWhole, ...found }) => ({
      ...found,
      members: isWhole ? undefined : members,
    })),
    isMethod: asMethod !== undefined,
    isClass: node.type === "ClassExpression",
    isAsync: node.async === true,
    usesOuterThis: walk.usesOuterThis,
    usesOuterArguments: walk.usesOuterArguments,
    usesImportMeta: walk.usesImportMeta,
    usesOuterSuper: walk.usesOuterSuper,
    parent: parent ? [parent.start - prefix, parent.end - prefix] : undefined,
    imports: walk.imports.map(({ start, specifier }) => ({ start: start - prefix, specifier })),
    computedName: key && [key.start - prefix, key.end - prefix],
    hasPrivateFields: walk.hasPrivateFields,
    anchor: anchorOf(node, root, source, prefix) - prefix,
  };
}

function parse(text: string): Node | undefined {
  const { program, errors } = parseSync("closure.js", text, { preserveParens: false });
  if (errors.length > 0) return undefined;
  const [statement] = program.body as unknown as Node[];
  return statement?.expression as Node | undefined;
}

// V8 counts an arrow function from its start, other functions from the parenthesis before their parameters, and a
// class from its constructor's, if it has one.
function anchorOf(node: Node, root: Node, source: string, prefix: number): number {
  if (node.type === "ArrowFunctionExpression") return node.start;
  if (node.type === "ClassExpression") {
    const members = (node.body as Node).body as Node[];
    const constructor = members.find((member) => member.kind === "constructor");
    return constructor ? parenthesisAfter((constructor.key as Node).end) : node.start;
  }
  const id = (node.id ?? (root === node ? undefined : root.key)) as Node | undefined;
  return parenthesisAfter(id?.end ?? node.start);

  function parenthesisAfter(at: number): number {
    return source.indexOf("(", at - prefix) + prefix;
  }
}
