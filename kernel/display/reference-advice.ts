// What to do about a name that isn't defined.
import { isRuntimeName } from "../execution/lazy-runtime.ts";

/**
 * A second line for `x is not defined`: the import that brings the name, or the declaration that is missing.
 * @param line the user's line that failed, where it is known
 */
export function referenceAdvice(error: Error, line?: string): string | undefined {
  if (error.name !== "ReferenceError") return undefined;
  const [, name] = /^([\p{ID_Continue}$]+) is not defined$/u.exec(error.message) ?? [];
  if (name === undefined) return undefined;
  if (isRuntimeName(name)) return `Import it: import { ${name} } from "sightline"`;
  const assigned =
    line?.trimStart().startsWith(name) && /^\s*=(?![=>])/.test(line.trimStart().slice(name.length));
  return assigned ? `Declare it: let ${name} = …` : undefined;
}
