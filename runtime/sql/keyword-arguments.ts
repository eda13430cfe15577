// PySpark's keyword arguments: a last object of options, or the same arguments by position.
import { PlanError } from "../connect/plan-error.ts";
import { closeNames } from "../text/close-names.ts";

/** Whether a value is an object written in braces, and so may hold options. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * The arguments of a call by name. A plain object at the end holds arguments by name.
 * @param names the parameters in their order
 * @throws PlanError for a name that isn't one, an argument given twice, and one too many
 */
export function keywordArguments<N extends string>(
  method: string,
  names: readonly N[],
  args: readonly unknown[],
): Partial<Record<N, unknown>> {
  const last = args.at(-1);
  const options = isPlainObject(last) ? last : {};
  const positional = isPlainObject(last) ? args.slice(0, -1) : args;
  if (positional.length > names.length) {
    throw new PlanError(
      `${method}() was given ${positional.length} arguments and takes ${names.length}.`,
      `They are, in order: ${names.join(", ")}.`,
    );
  }
  const values: Partial<Record<N, unknown>> = {};
  for (const [i, value] of positional.entries()) if (value !== undefined) values[names[i]] = value;
  for (const [name, value] of Object.entries(options)) {
    if (!(names as readonly string[]).includes(name)) {
      const [close] = closeNames(name, names);
      const remedy = close ? `Did you mean \`${close}\`?` : `It has ${names.join(", ")}.`;
      throw new PlanError(`${method}() has no option \`${name}\`.`, remedy);
    }
    if (name in values) {
      throw new PlanError(`${method}() was given \`${name}\` twice.`, "Pass it by position or by name.");
    }
    values[name as N] = value;
  }
  return values;
}
