// V8's own serialisation keeps Map, Set, Date, bigint, typed arrays and cycles. It drops classes, so instances of the
// classes that the job's functions use, and rows and what they hold, get a tag and are revived on the other side.
import { deserialize, serialize } from "node:v8";
import { type BuiltInParts, builtInParts, isItem, restoredBuiltIn } from "./built-in-parts.ts";
import { isRowValue, restoredRowValue, rowValueParts } from "./row-values.ts";

/** The classes of a job, by their number in its bundle. */
export type JobClasses = ReadonlyMap<number, ClassEntry>;

export interface ClassEntry {
  readonly constructor: new (...args: never[]) => object;
  readonly hasPrivateFields: boolean;
}

const plain = 0;
const tagged = 1;
const tag = "\u0000class";

/** The bytes of any value: whether there are tags, then V8's format, which starts with its version. */
export function encodeByV8(records: unknown, classes: JobClasses): Buffer {
  try {
    const ids = hasInstances(records, constructors(classes), 0, new Set())
      ? constructors(classes)
      : undefined;
    const body = serialize(ids ? withTags(records, ids, classes, new Map()) : records);
    return Buffer.concat([Uint8Array.of(ids ? tagged : plain), body]);
  } catch (error) {
    throw asNoData(error);
  }
}

function asNoData(error: unknown): unknown {
  const { message } = error as Error;
  const isTooDeep = error instanceof RangeError && message.includes("call stack");
  if (!isTooDeep && !message.endsWith("could not be cloned.")) return error;
  const what = isTooDeep ? "A record is nested too deep." : message;
  const data = "Records are data: numbers, text, arrays, objects, Map, Set, Date, instances of your classes.";
  return new TypeError(`${what} ${data}`, { cause: error });
}

/** What {@link encodeByV8} was given, or an equal of it. */
export function decodeByV8(bytes: Uint8Array, classes: JobClasses): unknown {
  const value: unknown = deserialize(bytes.subarray(1));
  return bytes[0] === tagged ? withoutTags(value, classes, new Map()) : value;
}

type Ids = ReadonlyMap<unknown, number>;
const idsOf = new WeakMap<JobClasses, Ids>();

function constructors(classes: JobClasses): Ids {
  let ids = idsOf.get(classes);
  if (!ids) idsOf.set(classes, (ids = new Map([...classes].map(([id, entry]) => [entry.constructor, id]))));
  return ids;
}

function hasInstances(value: unknown, ids: Ids, depth: number, seen: Set<object>): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (ids.has(value.constructor) || isRowValue(value) || hidesFields(value.constructor)) return true;
  if (ArrayBuffer.isView(value) || value instanceof Date) return false;
  // Objects that refer to each other have more ways through them than anybody can go. Records alone aren't worth noting.
  if (depth > 1) {
    if (seen.has(value)) return false;
    seen.add(value);
  }
  const isFound = (item: unknown) => hasInstances(item, ids, depth + 1, seen);
  if (Array.isArray(value)) return value.some(isFound);
  if (value instanceof Map || value instanceof Set)
    return [...value.entries()].some((entry) => entry.some(isFound));
  return Object.values(value).some(isFound);
}

const hiding = new WeakMap<object, boolean>();

/** Whether instances of a class that the job doesn't know would come back as objects without their contents. */
function hidesFields(owner: unknown): boolean {
  if (owner === Object || typeof owner !== "function") return false;
  let hides = hiding.get(owner);
  if (hides === undefined) {
    const text = Function.prototype.toString.call(owner);
    hiding.set(owner, (hides = text.startsWith("class") && /\bthis\.#[\w$]/.test(text)));
  }
  return hides;
}

function hasHidden(value: object): TypeError {
  return new TypeError(
    `A record is an instance of ${value.constructor.name}, whose #private fields can't be copied. ` +
      "Return plain data, or make the fields public.",
  );
}

function withTags(value: unknown, ids: Ids, classes: JobClasses, seen: Map<unknown, unknown>): unknown {
  const walk = (item: unknown) => withTags(item, ids, classes, seen);
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const id = ids.get(value.constructor);
  if (id !== undefined) {
    if (classes.get(id)?.hasPrivateFields) throw hasHidden(value);
    const copy: unknown[] = [id];
    seen.set(value, { [tag]: copy });
    const own = Object.entries(value).filter(([name]) => !isItem(value, name));
    copy.push(own.map(([name, item]) => [name, walk(item)]));
    const inside = builtInParts(value, walk);
    if (inside) copy.push(inside);
    return seen.get(value);
  }
  const parts = rowValueParts(value);
  if (parts) return { [tag]: [parts.name, parts.args.map(walk)] };
  if (hidesFields(value.constructor)) throw hasHidden(value);
  return rebuilt(value, walk, seen);
}

function withoutTags(value: unknown, classes: JobClasses, seen: Map<unknown, unknown>): unknown {
  const walk = (item: unknown) => withoutTags(item, classes, seen);
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  if (tag in value) {
    const [id, fields, inside] = value[tag] as [number | string, [string, unknown][], BuiltInParts?];
    if (typeof id === "string") return restoredRowValue(id, fields.map(walk));
    const { made, fill } = inside ? restoredBuiltIn(inside) : { made: {}, fill: undefined };
    const prototype = classes.get(id)?.constructor.prototype as object | undefined;
    const instance = (prototype ? Object.setPrototypeOf(made, prototype) : made) as Record<string, unknown>;
    seen.set(value, instance);
    fill?.(walk);
    for (const [name, item] of fields) instance[name] = walk(item);
    return instance;
  }
  return rebuilt(value, walk, seen);
}

/** A copy of a container with its contents walked; other values as they are. */
function rebuilt(value: object, walk: (item: unknown) => unknown, seen: Map<unknown, unknown>): unknown {
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    seen.set(value, copy);
    for (const item of value) copy.push(walk(item));
    return copy;
  }
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    seen.set(value, copy);
    for (const [key, item] of value) copy.set(walk(key), walk(item));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    seen.set(value, copy);
    for (const item of value) copy.add(walk(item));
    return copy;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const [name, item] of Object.entries(value)) copy[name] = walk(item);
  return copy;
}
