// Objects that V8 can't copy as they are: those with functions in them, instances of classes, what is locked.
import { types } from "node:util";
import type { BundleNode, NodeId } from "./bundle.ts";
import type { CodeCapture } from "./capture-code.ts";
import { ClosureError } from "./closure-error.ts";
import { hasPrivateFields } from "./class-text.ts";
import { isNodesOwn } from "./function-internals.ts";
import { knownValue } from "./known-values.ts";
import { propertiesOf } from "./object-properties.ts";
import { isRootOf } from "./plain-data.ts";
import { article } from "./refusal.ts";
import { remadeNode } from "./remade-values.ts";
import type { Trail } from "./trail.ts";

/** The node of an object. */
export function objectNode(capture: CodeCapture, value: object, trail: Trail): BundleNode {
  const remade = remadeNode(value);
  if (remade) return remade;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (types.isModuleNamespaceObject(value) || isTranspiledModule(value)) {
    return { kind: "object", fields: valuesOf(capture, value, trail) };
  }
  const base = builtIn(value);
  if (!base) {
    if (prototype === null)
      return { kind: "object", prototype: null, ...propertiesOf(capture, value, trail) };
    if (Object.getPrototypeOf(prototype) === null && isRootOf(prototype, "Object"))
      return { kind: "object", ...propertiesOf(capture, value, trail) };
    const owner = ownClass(value);
    if (owner && isUsers(owner)) {
      return { kind: "prototype", class: capture.add(owner, trail.member("constructor")) };
    }
    return derived(capture, value, prototype, trail);
  }
  if (isRootOf(prototype, base)) return builtInNode(capture, value, base, trail);
  return derived(capture, value, prototype!, trail, () =>
    capture.push(builtInNode(capture, value, base, trail, true)),
  );
}

/** The built-in class whose inner parts an object has; undefined if it has none. */
function builtIn(value: object): string | undefined {
  if (Array.isArray(value)) return "Array";
  if (types.isMap(value)) return "Map";
  if (types.isSet(value)) return "Set";
  if (types.isNativeError(value)) return errorClass(value);
  if (types.isDate(value) || types.isRegExp(value) || types.isBoxedPrimitive(value))
    return Object.prototype.toString.call(value).slice(8, -1);
  if (ArrayBuffer.isView(value)) {
    if (Buffer.isBuffer(value)) return "Buffer";
    const tag = Object.getOwnPropertyDescriptor(
      Object.getPrototypeOf(Uint8Array.prototype),
      Symbol.toStringTag,
    );
    return types.isDataView(value) ? "DataView" : String(tag!.get!.call(value));
  }
  return types.isAnyArrayBuffer(value) ? "ArrayBuffer" : undefined;
}

/** The class of an error that is there without the user's code. */
function errorClass(error: Error): string {
  for (let at: unknown = error; at; at = Object.getPrototypeOf(at)) {
    const known = knownValue((at as Error).constructor);
    if (known?.kind === "global" && known.path.length === 1 && known.path[0].endsWith("Error"))
      return known.path[0];
  }
  return "Error";
}

/** What is inside an object of a built-in class; with the rest of its properties unless it is the base of another. */
function builtInNode(
  capture: CodeCapture,
  value: object,
  base: string,
  trail: Trail,
  isBase = false,
): BundleNode {
  const rest = (skips?: Parameters<typeof propertiesOf>[3]) =>
    isBase ? {} : propertiesOf(capture, value, trail, skips);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => capture.add(item, trail.item(index)));
    return { kind: "array", items, ...rest(isIndex) };
  }
  if (types.isMap(value)) {
    const entries = [...value].map(
      ([key, item]) => [capture.add(key, trail.member("key")), capture.add(item, trail.entry(key))] as const,
    );
    return { kind: "map", entries, ...rest() };
  }
  if (types.isSet(value)) {
    return {
      kind: "set",
      items: [...value].map((item, index) => capture.add(item, trail.item(index))),
      ...rest(),
    };
  }
  if (types.isNativeError(value)) return { kind: "error", class: base, ...rest() };
  if (types.isRegExp(value)) return { kind: "regexp", source: value.source, flags: value.flags, ...rest() };
  return { kind: "data", value: types.isDate(value) ? new Date(value.getTime()) : value };
}

function isIndex(name: unknown): boolean {
  return typeof name === "string" && (name === "length" || /^\d+$/.test(name));
}

/** An instance of a class, or an object whose prototype is another object. */
function derived(
  capture: CodeCapture,
  value: object,
  prototype: object,
  trail: Trail,
  makeBase?: () => NodeId,
): BundleNode {
  const owner = ownClass(prototype);
  if (owner === undefined) {
    if (makeBase) throw staysWhereItIs(value, trail);
    const parent = capture.add(prototype, trail.member("__proto__"));
    return { kind: "object", prototype: parent, ...propertiesOf(capture, value, trail) };
  }
  const foreign = foreignClass(prototype);
  if (foreign) throw staysWhereItIs(value, trail);
  if (hasPrivateFields(owner)) {
    throw new ClosureError(
      `${trail}, ${article(value)}, whose #private fields can't be copied to the executors.`,
      "Make it inside the function, or declare the fields without #.",
    );
  }
  const classId = capture.add(owner, trail.member("constructor"));
  if (capture.nodes[classId].kind === "function") capture.classes.set(classId, owner as new () => object);
  const skips = Array.isArray(value) ? isIndex : isView(value);
  const base = makeBase?.();
  return { kind: "instance", class: classId, base, ...propertiesOf(capture, value, trail, skips) };
}

function isView(value: object): ((name: unknown) => boolean) | undefined {
  return ArrayBuffer.isView(value) ? isIndex : undefined;
}

function staysWhereItIs(value: object, trail: Trail): ClosureError {
  return new ClosureError(
    `${trail}, ${article(value)}, which can't be sent to the executors.`,
    "Make it inside the function, or once for each partition in mapPartitions.",
  );
}

/** The class that an object is the prototype of. */
function ownClass(prototype: object): object | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, "constructor");
  const owner: unknown = descriptor?.value;
  return typeof owner === "function" && owner.prototype === prototype ? owner : undefined;
}

/** Classes that are JavaScript's or Node's own; objects of them have parts that nobody can copy, but for these. */
const copied = new Set(
  (
    "Object Array Map Set Date RegExp String Number Boolean BigInt ArrayBuffer DataView Buffer Error EvalError " +
    "RangeError ReferenceError SyntaxError TypeError URIError AggregateError Int8Array Uint8Array Uint8ClampedArray " +
    "Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array " +
    "BigUint64Array TypedArray EventEmitter"
  ).split(" "),
);

function foreignClass(prototype: object): string | undefined {
  for (let at: unknown = prototype; at; at = Object.getPrototypeOf(at)) {
    const owner = ownClass(at as object);
    if (owner && !isUsers(owner) && !copied.has((owner as { name: string }).name))
      return (owner as { name: string }).name;
  }
  return undefined;
}

function isUsers(owner: object): boolean {
  return !knownValue(owner) && !isNodesOwn(owner);
}

/** An object that a bundler or TypeScript made for `import * as x`: its getters give what is exported. */
function isTranspiledModule(value: object): boolean {
  return (
    Object.prototype.toString.call(value) === "[object Module]" ||
    Object.getOwnPropertyDescriptor(value, "__esModule")?.value === true
  );
}

function valuesOf(capture: CodeCapture, value: object, trail: Trail) {
  return Object.keys(value).map((name) => {
    const field = (value as Record<string, unknown>)[name];
    return [name, capture.add(field, trail.member(name))] as const;
  });
}
