/**
 * Names of JavaScript's and Node's own globals that cells declare for themselves, such as `URL` or `process`. The
 * kernel, the runtime and every package use these globals, so what a cell declares lives under a name beside them.
 */
import { CELL_SUPPORT } from "./import-code.ts";

const PREFIX = "__user_";
const INTERNAL = /\b__user_([\p{ID_Continue}$]+)/gu;

// Made when the kernel starts, before it defines what it gives to cells: `spark` or `display` may be replaced.
const own = ownGlobals();
const declared = new Set<string>();

/** The name under which a cell's variable lives, if that isn't the name itself. */
export function internalName(name: string): string | undefined {
  return own.has(name) ? PREFIX + name : undefined;
}

/** The names that are the user's from now on; cells that are compiled already keep the global's value. */
export function declareUserNames(names: Iterable<string>): void {
  for (const name of names) {
    if (!own.has(name) || declared.has(name)) continue;
    declared.add(name);
    // Until the declaration has run, and if it fails, the name means what it meant before.
    const value = (globalThis as Record<string, unknown>)[name];
    Object.defineProperty(globalThis, PREFIX + name, {
      configurable: true,
      writable: true,
      enumerable: false,
      value,
    });
  }
}

/** The own globals' names that cells have declared so far. */
export function userNames(): ReadonlySet<string> {
  return declared;
}

/** The property of globalThis that a cell reads by this name. */
export function globalProperty(name: string): string {
  return declared.has(name) ? PREFIX + name : name;
}

/** Replaces internal names in a text by the user's. */
export function withUserNames(text: string): string {
  if (declared.size === 0 || !text.includes(PREFIX)) return text;
  return text.replace(INTERNAL, (whole, name: string) => (declared.has(name) ? name : whole));
}

function ownGlobals(): ReadonlySet<string> {
  // Of CommonJS, whose names packages look for to learn where they run.
  const names = new Set(["require", "module", "exports", CELL_SUPPORT]);
  for (let object: unknown = globalThis; object; object = Object.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  return names;
}
