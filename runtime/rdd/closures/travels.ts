import type { BundleNode } from "./bundle.ts";
import type { CodeCapture } from "./capture-code.ts";
import type { Trail } from "./trail.ts";

/** On objects that go to the executors in a way of their own, not by what they are made of. */
export const travels: unique symbol = Symbol.for("sightline.travels");

export interface Travelling {
  /** What travels. @throws ClosureError when it can't any more */
  [travels](capture: CodeCapture, trail: Trail): BundleNode;
}

export function isTravelling(value: object): value is Travelling {
  // A class of the user's has what the class above it has.
  return typeof value === "function" ? Object.hasOwn(value, travels) : travels in value;
}
