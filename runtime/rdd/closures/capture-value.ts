// Values that executors read by themselves, beside the functions that use them.
import { serialize } from "node:v8";
import type { BundleNode, ClosureBundle, NodeId } from "./bundle.ts";
import { capture } from "./capture.ts";
import type { CaptureOptions, CodeCapture } from "./capture-code.ts";
import { ClosureError } from "./closure-error.ts";
import { Trail } from "./trail.ts";

type Constructor = new (...args: never[]) => object;

/** A copy of a value. Its classes don't travel with it but with the functions that use it, as they are then. */
export interface CapturedValue {
  /** The bundle in V8's format; its only root is the value. */
  readonly bytes: Uint8Array;
  /** The classes of instances in the value; nodes `slot` stand for them. */
  readonly classes: readonly Constructor[];
  /** What must not be collected while the copy is in use. */
  readonly held: readonly object[];
}

/**
 * Copies a value with all that is in it: data, and instances of classes.
 * @param method what it was given to, for messages
 * @throws ClosureError for what can't travel, naming the way to it and the way out
 */
export function captureValue(method: string, value: unknown, options: CaptureOptions): CapturedValue {
  const classes: Constructor[] = [];
  const code = (walk: CodeCapture, fn: object, trail: Trail): NodeId => {
    if (!trail.expression.endsWith(".constructor")) {
      throw new ClosureError(
        `${trail}, a function, and a value that is shared is data.`,
        "Leave the function out of it: functions travel with those that call them.",
      );
    }
    const node: BundleNode = { kind: "slot", index: classes.push(fn as Constructor) - 1 };
    return walk.push(node, fn);
  };
  const trail = new Trail(method, [], "value", true);
  const { bundle, held } = capture([{ method, fn: value, trail }], { ...options, warn: undefined, code });
  return { bytes: bytesOf(bundle, trail), classes, held };
}

function bytesOf(bundle: ClosureBundle, trail: Trail): Uint8Array {
  try {
    return serialize(bundle);
  } catch (error) {
    throw new ClosureError(
      `${trail}, which is too large to be sent to the executors at once: ${(error as Error).message}`,
      "Share it in parts, or write it to a file that the functions read.",
      { cause: error },
    );
  }
}
