import { types } from "node:util";
import type { BundleNode, ClosureBundle, NodeId } from "./bundle.ts";
import { ClosureError } from "./closure-error.ts";
import { captureCode, type CaptureOptions, type CodeCapture } from "./capture-code.ts";
import { objectNode } from "./capture-object.ts";
import { isColumnFunction } from "./column-function.ts";
import { releaseInternals } from "./function-internals.ts";
import { knownValue } from "./known-values.ts";
import { LargeCaptures } from "./large-captures.ts";
import { checkSymbol } from "./object-properties.ts";
import { packModules, type Wanted } from "./pack-modules.ts";
import { isPlainData } from "./plain-data.ts";
import { refusal } from "./refusal.ts";
import { SharedVariables } from "./shared-variables.ts";
import { Trail } from "./trail.ts";
import { isTravelling, travels } from "./travels.ts";

/** A function that an RDD's method was given. */
export interface RootFunction {
  readonly method: string;
  readonly fn: unknown;
  /** How messages name it, if not by the method. */
  readonly trail?: Trail;
}

export type { CaptureOptions };

export interface Captured {
  readonly bundle: ClosureBundle;
  /** The classes that records may be instances of, by their node. */
  readonly classes: ReadonlyMap<number, new (...args: never[]) => object>;
  /** What must not be collected as long as the capture is in use: broadcast variables, whose files go with them. */
  readonly held: readonly object[];
}

/**
 * Copies functions with everything they use: variables as they are now, functions and classes they call, modules.
 * @throws ClosureError for what can't travel, naming the variable and the way out
 */
export function capture(roots: readonly RootFunction[], options: CaptureOptions): Captured {
  const walk = new Capture(options);
  let trail = new Trail(roots[0]?.method ?? "");
  try {
    const ids = roots.map((root) => walk.add(root.fn, (trail = root.trail ?? new Trail(root.method))));
    walk.finish();
    return { bundle: { nodes: walk.nodes, roots: ids }, classes: walk.classes, held: walk.held };
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    throw new ClosureError(
      `${trail}${trail.isValue ? "," : " uses"} objects that refer to each other too deeply to be sent to the executors.`,
      "Put them into an array, or make them inside the function.",
      { cause: error },
    );
  } finally {
    // A value is captured without looking into functions, and within a capture that does.
    if (!options.code) releaseInternals();
  }
}

/** V8's inspector gives no answer when there is no stack left for one. */
function isStackOverflow(error: unknown): boolean {
  if (error instanceof ClosureError || !(error instanceof Error)) return false;
  return /call stack size|inspector refused .*: no answer/.test(error.message);
}

class Capture implements CodeCapture {
  readonly nodes: BundleNode[] = [];
  readonly classes = new Map<number, new (...args: never[]) => object>();
  readonly options: CaptureOptions;
  readonly shared = new SharedVariables();
  readonly modules: Wanted[] = [];
  readonly held: object[] = [];
  readonly #ids = new Map<unknown, NodeId>();
  readonly #large: LargeCaptures;

  constructor(options: CaptureOptions) {
    this.options = options;
    this.#large = new LargeCaptures(this.nodes);
  }

  add(value: unknown, trail: Trail): NodeId {
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isObject) {
      if (typeof value === "symbol") return this.push(symbolNode(value, trail));
      if (typeof value === "string") this.#large.note(value, trail);
      return this.push({ kind: "data", value });
    }
    const seen = this.#ids.get(value);
    if (seen !== undefined) return seen;
    const known =
      this.options.provided?.get(value) ??
      knownValue(types.isModuleNamespaceObject(value) && "default" in value ? value.default : value);
    if (known) return this.push(known, value);
    if (isColumnFunction(value)) {
      throw new ClosureError(
        `${trail}, Spark's functions of columns, which the engine computes and executors don't have.`,
        'Inside, work on the values, text.toUpperCase(); outside, on columns: df.withColumn("x", upper("text")).',
      );
    }
    const made = this.options.made?.(value);
    if (made) return this.push(made, value);
    if (isTravelling(value)) return this.push(value[travels](this, trail), value);
    const refused = refusal(value);
    if (refused) {
      throw new ClosureError(
        `${trail}, ${refused.what}, which can't be sent to the executors.`,
        refused.remedy,
      );
    }
    if (typeof value !== "function") return this.#object(value, trail);
    return (this.options.code ?? captureCode)(this, value, trail);
  }

  /** Adds a node, and remembers whose it is. */
  push(node: BundleNode, value?: object): NodeId {
    const id = this.nodes.push(node) - 1;
    if (value !== undefined) this.#ids.set(value, id);
    return id;
  }

  /** What is known only when everything is there. */
  finish(): void {
    this.shared.number(this.nodes);
    if (!this.options.isLocal) packModules(this.nodes, this.modules);
    const { warn } = this.options;
    if (warn) this.#large.warn({ ...this.options, warn });
  }

  #object(value: object, trail: Trail): NodeId {
    if (isPlainData(value)) {
      this.#large.note(value, trail);
      return this.push({ kind: "data", value }, value);
    }
    const id = this.push({ kind: "data", value: undefined }, value); // its place, for cycles
    this.nodes[id] = objectNode(this, value, trail);
    this.#large.noteNodes(value, id, trail);
    return id;
  }
}

function symbolNode(symbol: symbol, trail: Trail): BundleNode {
  const { symbol: name } = checkSymbol(symbol, trail);
  return name.startsWith("for:")
    ? { kind: "symbol", key: name.slice(4) }
    : { kind: "global", path: ["Symbol", name] };
}
