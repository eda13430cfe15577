/** Reads values by the dotted paths that people type, without running any code but getters. */
import { globalProperty } from "./user-names.ts";

/** A path such as `a.b.c`, `?.` included; the last part may be empty. */
const PATH =
  /(?:^|[^\w$.\])}"'`])((?:[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\??\.\s*)*)([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

export interface TypedPath {
  /** The names before the last dot. */
  owners: string[];
  /** What is typed of the last name. */
  prefix: string;
}

/** The path that ends where `text` ends, or undefined behind a call, an index or a literal. */
export function typedPath(text: string): TypedPath | undefined {
  const match = PATH.exec(text);
  if (!match) return undefined;
  const owners = match[1].split(/\s*\??\.\s*/).filter((name) => name !== "");
  return { owners, prefix: match[2] ?? "" };
}

/** @returns the value, or nothing when a part of the path isn't there or can't be read */
export function readPath(names: readonly string[]): { value: unknown } | undefined {
  let value: unknown = globalThis;
  for (const [index, part] of names.entries()) {
    const name = index === 0 ? globalProperty(part) : part;
    if (value === null || value === undefined) return undefined;
    try {
      value = (Object(value) as Record<string, unknown>)[name];
    } catch {
      return undefined;
    }
  }
  return { value };
}

/**
 * Names of a value's properties along its prototype chain, own ones first, each once; without what every object and
 * class has, which nobody looks for.
 */
export function memberNames(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  const names = new Set<string>();
  for (let object: unknown = Object(value); object !== null; object = Object.getPrototypeOf(object)) {
    if (object === Object.prototype && value !== object) continue;
    for (const name of Object.getOwnPropertyNames(object)) {
      if (isName(name) && (name !== "constructor" || object === value)) names.add(name);
    }
  }
  return [...names];
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !name.startsWith("__");
}
