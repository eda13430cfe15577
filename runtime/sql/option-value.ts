import { PlanError } from "../connect/plan-error.ts";
import { argumentError, shown } from "./argument-error.ts";
import { wellFormed } from "../connect/well-formed.ts";

/** What an option of a reader or writer may be; it is sent as text. With null or undefined the option isn't sent. */
export type OptionValue = string | number | bigint | boolean | null | undefined;

/** Options by name. */
export type Options = Readonly<Record<string, OptionValue>>;

/** Sets one option, as text, in `options`. */
export function setOption(options: Record<string, string>, name: unknown, value: unknown): void {
  if (typeof name !== "string" || name === "") {
    throw new PlanError(
      `option() was given ${name === "" ? "empty text" : typeof name} as its name.`,
      'Pass a name and a value: .option("header", true)',
    );
  }
  if (value === null || value === undefined) {
    delete options[name];
    return;
  }
  if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
    const what = Array.isArray(value)
      ? "an array"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;
    throw new PlanError(`The option "${name}" was given ${what}.`, "Pass text, a number, or true or false.");
  }
  options[wellFormed(name)] = wellFormed(String(value));
}

/** Says that an option's value was forgotten; null or undefined, where they are given, take the option away. */
export function withoutValue(method: string, name: unknown): PlanError {
  return argumentError(
    method,
    undefined,
    `a name and a value: .${method}(${shown(name)}, "value")`,
    "its value",
  );
}

/** Options that came as the last argument of a method, checked. */
export function checkOptions(options: unknown, method: string): Options {
  if (options === undefined || options === null) return {};
  const prototype: unknown = typeof options === "object" ? Object.getPrototypeOf(options) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    throw new PlanError(
      `${method}() was given ${Array.isArray(options) ? "an array" : typeof options} where its options stand.`,
      `Pass an object: ${method}(path, { header: true })`,
    );
  }
  return options as Options;
}
