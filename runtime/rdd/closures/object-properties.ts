// The properties of an object as nodes: values, getters and setters, what is hidden, and what is locked.
import type { Accessor, NodeId, Properties, PropertyName } from "./bundle.ts";
import { ClosureError } from "./closure-error.ts";
import type { Trail } from "./trail.ts";

interface Adder {
  add(value: unknown, trail: Trail): NodeId;
}

/** The properties of an object, but those that `skips` names. */
export function propertiesOf(
  capture: Adder,
  object: object,
  trail: Trail,
  skips: (name: PropertyName, descriptor: PropertyDescriptor) => boolean = () => false,
): Properties {
  const fields: (readonly [PropertyName, NodeId])[] = [];
  const hidden: (readonly [PropertyName, NodeId])[] = [];
  const accessors: Accessor[] = [];
  for (const key of Reflect.ownKeys(object)) {
    const name = typeof key === "symbol" ? symbolName(key) : key;
    const descriptor = Object.getOwnPropertyDescriptor(object, key)!;
    // Another symbol than a global one can't be known there, so nothing could read what stands under it.
    if (name === undefined || skips(name, descriptor)) continue;
    const inner = trail.member(typeof name === "string" ? name : `Symbol.${name.symbol}`);
    const accessor = descriptor.get || descriptor.set ? accessorOf(capture, descriptor, inner) : undefined;
    if (accessor) {
      accessors.push({ name, isHidden: !descriptor.enumerable, ...accessor });
      continue;
    }
    const value = capture.add((object as Record<PropertyKey, unknown>)[key], inner);
    (descriptor.enumerable ? fields : hidden).push([name, value]);
  }
  return {
    ...(fields.length > 0 && { fields }),
    ...(hidden.length > 0 && { hidden }),
    ...(accessors.length > 0 && { accessors }),
    ...lockOf(object),
  };
}

/** Those getters and setters whose text can be read; of others the value travels. */
function accessorOf(
  capture: Adder,
  { get, set }: PropertyDescriptor,
  trail: Trail,
): { get?: NodeId; set?: NodeId } | undefined {
  if (isNative(get) || isNative(set)) return undefined;
  return {
    ...(get && { get: capture.add(get, trail) }),
    ...(set && { set: capture.add(set, trail) }),
  };
}

function isNative(fn: unknown): boolean {
  return typeof fn === "function" && /\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
}

function lockOf(object: object): Pick<Properties, "locked"> {
  if (Object.isExtensible(object)) return {};
  if (Object.isFrozen(object)) return { locked: "frozen" };
  return { locked: Object.isSealed(object) ? "sealed" : "complete" };
}

/** A symbol that every Node has: `Symbol.iterator`, or one of the global registry, as "for:name". */
export function symbolName(symbol: symbol): { readonly symbol: string } | undefined {
  const key = Symbol.keyFor(symbol);
  if (key !== undefined) return { symbol: `for:${key}` };
  const name = Object.getOwnPropertyNames(Symbol).find(
    (candidate) => (Symbol as unknown as Record<string, unknown>)[candidate] === symbol,
  );
  return name === undefined ? undefined : { symbol: name };
}

/** @throws ClosureError for a symbol that is another one on each executor */
export function checkSymbol(symbol: symbol, trail: Trail): { readonly symbol: string } {
  const name = symbolName(symbol);
  if (name) return name;
  throw new ClosureError(
    `${trail}, a symbol, which is another one on each executor.`,
    'Use a string instead, or one that is the same everywhere: Symbol.for("name").',
  );
}
