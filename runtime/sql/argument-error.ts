import { PlanError } from "../connect/plan-error.ts";

/**
 * An argument that a method can't take, as an error that shows it and says what to pass.
 * @param method its name, "sample"
 * @param value what was given
 * @param remedy what to pass, with code: `a share from 0 to 1: df.sample(0.1)`
 * @param name the parameter, where the method has several
 */
export function argumentError(method: string, value: unknown, remedy: string, name?: string): PlanError {
  return new PlanError(
    `${method}() was given ${shown(value)}${name === undefined ? "" : ` as ${name}`}.`,
    `Pass ${remedy}`,
  );
}

/** A value in few words, for messages. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined;
  return !name || name === "Object" ? "an object" : `a ${name}`;
}
