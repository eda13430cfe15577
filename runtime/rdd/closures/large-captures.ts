import { serialize } from "node:v8";
import type { BundleNode, NodeId } from "./bundle.ts";
import { ClosureError } from "./closure-error.ts";
import type { Trail } from "./trail.ts";

/** A capture above this is copied to every task, and worth a word. */
const largeBytes = 10 << 20;
/** Shorter strings count nothing: measuring each would take longer than sending it. */
const longText = 1 << 16;
/** Objects of fewer nodes are small, but for the data in them, which is counted by itself. */
const manyNodes = 20_000;

const broadcastIt = "Broadcast it: const b = sc.broadcast(value); then read b.value inside.";

interface Part {
  readonly trail: Trail;
  readonly bytes: number;
}

/** Values the user was told of: an RDD in a loop runs many jobs with the same. */
const told = new WeakSet<object>();

/** What a capture is made of, by size. */
export class LargeCaptures {
  readonly #nodes: readonly BundleNode[];
  readonly #parts: { trail: Trail; value: unknown; range?: readonly [NodeId, NodeId] }[] = [];

  constructor(nodes: readonly BundleNode[]) {
    this.#nodes = nodes;
  }

  /** Data that V8 copies as they are. */
  note(value: unknown, trail: Trail): void {
    if (typeof value === "string" && value.length <= longText) return;
    this.#parts.push({ trail, value });
  }

  /** An object of many nodes: those from its own to the last. */
  noteNodes(value: object, from: NodeId, trail: Trail): void {
    if (this.#nodes.length - from > manyNodes)
      this.#parts.push({ trail, value, range: [from, this.#nodes.length] });
  }

  /** Tells the user of more than 10 MB, by the name of the largest. */
  warn({ warn, largeRemedy }: { warn: (message: string) => void; largeRemedy?: string }): void {
    const parts = this.#parts.map(({ trail, value, range }): Part & { value: unknown } => ({
      trail,
      value,
      bytes: sizeOf(range ? this.#nodes.slice(...range) : value, trail),
    }));
    // What is inside of another part was counted with it, and the largest names the cause.
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= largeBytes) return;
    const largest = parts.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const isObject = typeof largest.value === "object" && largest.value !== null;
    if (isObject && told.has(largest.value as object)) return;
    if (isObject) told.add(largest.value as object);
    const megabytes = (largest.bytes / (1 << 20)).toFixed(0);
    const name = /^\w+$/.test(largest.trail.expression) ? largest.trail.expression : "value";
    warn(
      `${largest.trail}, ${megabytes} MB, which is copied to every task.\n` +
        (largeRemedy ?? broadcastIt.replace("value)", `${name})`)),
    );
  }
}

function sizeOf(value: unknown, trail: Trail): number {
  if (typeof value === "string") return value.length;
  try {
    return serialize(value).length;
  } catch (error) {
    const reason = error instanceof RangeError ? "whose parts refer to each other too deeply" : String(error);
    throw new ClosureError(
      `${trail}, ${reason}, which can't be sent to the executors.`,
      "Put the parts into an array, or make them inside the function.",
      { cause: error },
    );
  }
}
