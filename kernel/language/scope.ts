import type { BindingPattern } from "oxc-parser";
import { bindingNames } from "./binding-names.ts";

/** Names of an inner scope: a function, block, loop or class. Top-level names of a cell are in none. */
export class Scope {
  readonly names = new Set<string>();
  readonly #outer: Scope | undefined;

  constructor(outer: Scope | undefined) {
    this.#outer = outer;
  }

  has(name: string): boolean {
    return this.names.has(name) || (this.#outer?.has(name) ?? false);
  }
}

/** A node whatever its type. */
export interface AnyNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as AnyNode).type === "string";
}

/** Declares the names of a pattern, or of several. */
export function declarePattern(pattern: unknown, scope: Scope): void {
  for (const one of Array.isArray(pattern) ? pattern : [pattern]) {
    for (const name of bindingNames(one as BindingPattern | null)) scope.names.add(name);
  }
}

/** Declares what belongs to a block: `let`, `const`, `using`, functions and classes. */
export function declareLexical(statements: readonly AnyNode[], scope: Scope): void {
  for (const statement of statements) {
    if (statement.type === "VariableDeclaration" && statement.kind !== "var") declareAll(statement, scope);
    if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
      declarePattern(statement.id, scope);
  }
}

/** Declares the `var`s of a function's body, wherever in it they stand, but not those of functions in it. */
export function hoistVars(value: unknown, scope: Scope): void {
  if (Array.isArray(value)) for (const item of value) hoistVars(item, scope);
  if (!isNode(value) || /Function|^Class|^StaticBlock$/.test(value.type)) return;
  if (value.type === "VariableDeclaration" && value.kind === "var") declareAll(value, scope);
  for (const child of Object.values(value)) hoistVars(child, scope);
}

function declareAll(declaration: AnyNode, scope: Scope): void {
  for (const { id } of declaration.declarations as AnyNode[]) declarePattern(id, scope);
}
