// Instances of classes that extend Array, Map, Set, Error and the like: what is inside them, apart from their class.
import { types } from "node:util";

type Walk = (value: unknown) => unknown;

/** What of an instance its own fields don't have, as data. */
export type BuiltInParts =
  | { readonly base: "array" | "set"; readonly items: readonly unknown[] }
  | { readonly base: "map"; readonly entries: readonly (readonly [unknown, unknown])[] }
  | { readonly base: "error"; readonly hidden: readonly (readonly [string, unknown])[] }
  /** V8 copies the inside: a Date, bytes, a RegExp. */
  | { readonly base: "value"; readonly value: object };

/** Undefined for an instance of a class that extends none of them. */
export function builtInParts(value: object, walk: Walk): BuiltInParts | undefined {
  if (Array.isArray(value)) return { base: "array", items: Array.from(value as unknown[], walk) };
  if (types.isMap(value))
    return { base: "map", entries: mapEntries(value).map(([k, v]) => [walk(k), walk(v)]) };
  if (types.isSet(value)) return { base: "set", items: setItems(value).map(walk) };
  if (types.isNativeError(value)) {
    const names = Object.getOwnPropertyNames(value).filter((name) => !isEnumerable(value, name));
    return { base: "error", hidden: names.map((name) => [name, walk(Reflect.get(value, name))]) };
  }
  const isCopied = types.isDate(value) || types.isRegExp(value) || ArrayBuffer.isView(value);
  return isCopied ? { base: "value", value } : undefined;
}

/** An empty one of the same base, and what fills it: in between it may be referred to. */
export function restoredBuiltIn(parts: BuiltInParts): { readonly made: object; fill(walk: Walk): void } {
  switch (parts.base) {
    case "array": {
      const made: unknown[] = [];
      return { made, fill: (walk) => void Array.prototype.push.apply(made, parts.items.map(walk)) };
    }
    case "set": {
      const made = new Set<unknown>();
      return {
        made,
        fill: (walk) => parts.items.forEach((item) => Set.prototype.add.call(made, walk(item))),
      };
    }
    case "map": {
      const made = new Map<unknown, unknown>();
      const put = (walk: Walk) =>
        parts.entries.forEach(([key, item]) => Map.prototype.set.call(made, walk(key), walk(item)));
      return { made, fill: put };
    }
    case "error": {
      const made = new Error();
      const put = (walk: Walk) =>
        parts.hidden.forEach(([name, item]) =>
          Object.defineProperty(made, name, { value: walk(item), writable: true, configurable: true }),
        );
      return { made, fill: put };
    }
    case "value":
      return { made: parts.value, fill: () => {} };
  }
}

/** Whether a field of an instance is one of the items that {@link builtInParts} has. */
export function isItem(value: object, name: string): boolean {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && /^\d+$/.test(name);
}

// The class may have other methods of these names.
function mapEntries(map: Map<unknown, unknown>): [unknown, unknown][] {
  return [...(Map.prototype.entries.call(map) as Iterable<[unknown, unknown]>)];
}

function setItems(set: Set<unknown>): unknown[] {
  return [...(Set.prototype.values.call(set) as Iterable<unknown>)];
}

function isEnumerable(value: object, name: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, name);
}
