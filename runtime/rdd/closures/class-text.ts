import { readFunction } from "./free-variables.ts";
import { knownValue } from "./known-values.ts";

const known = new WeakMap<object, boolean>();

/** Whether instances of a class have `#fields`, its own or inherited: they can't be copied. */
export function hasPrivateFields(owner: object): boolean {
  if (knownValue(owner)) return false;
  let has = known.get(owner);
  if (has === undefined) known.set(owner, (has = ownOrInherited(owner)));
  return has;
}

function ownOrInherited(owner: object): boolean {
  if (readFunction(Function.prototype.toString.call(owner))?.hasPrivateFields) return true;
  const parent: unknown = Object.getPrototypeOf(owner);
  return typeof parent === "function" && parent !== Function.prototype && hasPrivateFields(parent);
}
