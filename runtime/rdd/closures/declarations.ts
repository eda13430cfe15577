// Which names are declared where, by JavaScript's rules.

/** A node of the ESTree that oxc gives: https://github.com/estree/estree */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export class Scope {
  readonly names = new Set<string>();
  readonly parent: Scope | undefined;
  /** Whether `this` inside is another than outside. */
  readonly hasOwnThis: boolean;

  constructor(parent: Scope | undefined, hasOwnThis = parent?.hasOwnThis ?? false) {
    this.parent = parent;
    this.hasOwnThis = hasOwnThis;
  }

  has(name: string): boolean {
    return this.names.has(name) || (this.parent?.has(name) ?? false);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** Adds the names that a pattern binds. */
export function declare(pattern: unknown, scope: Scope): void {
  if (Array.isArray(pattern)) {
    for (const item of pattern) declare(item, scope);
  }
  if (!isNode(pattern)) return;
  switch (pattern.type) {
    case "Identifier":
      scope.names.add(pattern.name as string);
      break;
    case "AssignmentPattern":
      declare(pattern.left, scope);
      break;
    case "Property":
      declare(pattern.value, scope);
      break;
    default:
      for (const field of ["argument", "elements", "properties", "items", "rest"])
        declare(pattern[field], scope);
  }
}

/** Adds what `let`, `const`, `class` and `function` declare directly in a list of statements. */
export function declareLexical(statements: readonly (Node | null | undefined)[], scope: Scope): void {
  for (const statement of statements) {
    if (statement?.type === "VariableDeclaration" && statement.kind !== "var") {
      for (const { id } of statement.declarations as Node[]) declare(id, scope);
    } else if (statement?.type === "FunctionDeclaration" || statement?.type === "ClassDeclaration") {
      declare(statement.id, scope);
    }
  }
}

/** Adds what `var` declares anywhere in a function, but not in functions inside it. */
export function hoistVars(value: unknown, scope: Scope): void {
  if (Array.isArray(value)) {
    for (const item of value) hoistVars(item, scope);
  }
  if (!isNode(value) || /Function|^Class/.test(value.type)) return;
  if (value.type === "VariableDeclaration" && value.kind === "var") {
    for (const { id } of value.declarations as Node[]) declare(id, scope);
  }
  for (const field in value) if (field !== "type") hoistVars(value[field], scope);
}
