/** Names that cells declared with `const` or `import`, until a cell declares them in another way. */
import type { TopLevelNames } from "./top-level-names.ts";

const constants = new Set<string>();

export function isConstant(name: string): boolean {
  return constants.has(name);
}

/** Notes what a cell declares. */
export function declareConstants(names: TopLevelNames): void {
  for (const name of names.all) constants.delete(name);
  for (const name of names.constants) constants.add(name);
}

/**
 * Gives `value`, which is about to be assigned to a variable of this name.
 * @throws TypeError when it is a constant
 */
export function assignable<T>(name: string, value: T): T {
  if (!constants.has(name)) return value;
  throw new TypeError(
    `Assignment to constant variable \`${name}\`.\nDeclare it with let, or declare it again in another cell.`,
  );
}
