import type { NodeId, Properties, PropertyName } from "../closures/bundle.ts";

/** Calls `set` with the value of a node, at once or, in a cycle, when it is made. */
export type SetLater = (id: NodeId, set: (value: unknown) => void) => void;

/** Gives an object the properties it had where it came from. */
export function restoreProperties(
  object: object,
  { fields = [], hidden = [], accessors = [] }: Properties,
  whenMade: SetLater,
): void {
  for (const [name, id] of fields) whenMade(id, (value) => define(object, name, { value, enumerable: true }));
  for (const [name, id] of hidden)
    whenMade(id, (value) => define(object, name, { value, enumerable: false }));
  for (const { name, isHidden, get, set } of accessors) {
    const parts: { get?: () => unknown; set?: (value: unknown) => void } = {};
    const put = () =>
      Object.defineProperty(object, keyOf(name), { ...parts, enumerable: !isHidden, configurable: true });
    if (get !== undefined) whenMade(get, (value) => ((parts.get = value as () => unknown), put()));
    if (set !== undefined) whenMade(set, (value) => ((parts.set = value as () => void), put()));
  }
}

/** Locks an object as it was. */
export function lock(object: object, how: NonNullable<Properties["locked"]>): void {
  if (how === "frozen") Object.freeze(object);
  else if (how === "sealed") Object.seal(object);
  else Object.preventExtensions(object);
}

function define(object: object, name: PropertyName, { value, enumerable }: PropertyDescriptor): void {
  const key = keyOf(name);
  // A RegExp's lastIndex is there already and can't be defined anew.
  const own = Object.getOwnPropertyDescriptor(object, key);
  if (own && !own.configurable) (object as Record<PropertyKey, unknown>)[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable, configurable: true });
}

function keyOf(name: PropertyName): PropertyKey {
  if (typeof name === "string") return name;
  const { symbol } = name;
  if (symbol.startsWith("for:")) return Symbol.for(symbol.slice(4));
  return (Symbol as unknown as Record<string, symbol>)[symbol];
}
