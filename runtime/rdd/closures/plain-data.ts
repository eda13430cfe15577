import { types } from "node:util";

/** Whether V8's serialisation keeps a value whole: no functions, no classes of the user's, nothing native. */
export function isPlainData(value: unknown): boolean {
  const seen = new Set<object>();
  // A list of what is still to be looked at, not recursion: a linked list of a million links is plain too.
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const item = pending.pop();
    if (typeof item === "symbol" || typeof item === "function") return false;
    if (typeof item !== "object" || item === null || seen.has(item)) continue;
    seen.add(item);
    if (!addContents(item, pending)) return false;
  }
  return true;
}

// An object without anything V8's serialisation loses: locks, properties under symbols, hidden ones.
function addContents(item: object, pending: unknown[]): boolean {
  if (types.isProxy(item) || !Object.isExtensible(item)) return false;
  const prototype: unknown = Object.getPrototypeOf(item);
  if (Array.isArray(item)) {
    if (!isRootOf(prototype, "Array")) return false;
    for (const entry of item) pending.push(entry);
    return Object.keys(item).length <= item.length && hasNoSymbols(item); // no properties beside the items
  }
  if (types.isMap(item) || types.isSet(item)) {
    if (!isRootOf(prototype, types.isMap(item) ? "Map" : "Set")) return false;
    for (const [key, entry] of item.entries()) pending.push(key, entry);
    return Reflect.ownKeys(item).length === 0;
  }
  if (types.isNativeError(item)) return false;
  if (types.isSharedArrayBuffer(item)) return false;
  if (types.isArrayBuffer(item)) return isRootOf(prototype, "ArrayBuffer");
  if (types.isTypedArray(item) || types.isDataView(item)) {
    return isBuiltInView(prototype) && !types.isSharedArrayBuffer(item.buffer);
  }
  if (types.isRegExp(item) && item.lastIndex !== 0) return false;
  if (types.isSymbolObject(item)) return false;
  if (types.isDate(item) || types.isRegExp(item) || types.isBoxedPrimitive(item)) {
    return isRootOf(prototype, Object.prototype.toString.call(item).slice(8, -1));
  }
  if (prototype !== null && !(isRootOf(prototype, "Object") && Object.getPrototypeOf(prototype) === null))
    return false;
  return (
    prototype !== null &&
    Object.prototype.toString.call(item) === "[object Object]" &&
    addFields(item, pending)
  );
}

function addFields(item: object, pending: unknown[]): boolean {
  for (const name of Object.getOwnPropertyNames(item)) {
    const descriptor = Object.getOwnPropertyDescriptor(item, name)!;
    if (descriptor.get || descriptor.set || !descriptor.enumerable) return false;
    pending.push(descriptor.value);
  }
  return hasNoSymbols(item);
}

function hasNoSymbols(item: object): boolean {
  return Object.getOwnPropertySymbols(item).length === 0;
}

function isBuiltInView(prototype: unknown): boolean {
  return /^(?:Buffer|DataView|(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array)$/.test(
    constructorName(prototype),
  );
}

/** Whether it is the prototype of a built-in class, of whatever realm. */
export function isRootOf(prototype: unknown, name: string): boolean {
  return constructorName(prototype) === name;
}

function constructorName(prototype: unknown): string {
  const { constructor } = (prototype ?? {}) as { constructor?: unknown };
  return typeof constructor === "function" && (constructor as { prototype: unknown }).prototype === prototype
    ? constructor.name
    : "";
}
