import { settled } from "./settled.ts";

/** What a function that gives any number of records returned: an array, a string, another iterable. */
export function iterableItems(items: unknown, method: string): Iterable<unknown> {
  const value = settled(items, method);
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && Symbol.iterator in value)
    return value as Iterable<unknown>;
  const what = value === null ? "null" : typeof value;
  throw new TypeError(`The function given to ${method} must return an iterable, but it returned ${what}.`);
}
