import { serialize } from "node:v8";
import { types } from "node:util";
import type { BundleNode, ClosureBundle, NodeId } from "./bundle.ts";
import { ClosureError } from "./closure-error.ts";
import { captureCode, type CaptureOptions, type CodeCapture } from "./capture-code.ts";
import { releaseInternals } from "./function-internals.ts";
import { knownValue } from "./known-values.ts";
import { isPlainData } from "./plain-data.ts";
import { isColumnFunction } from "./column-function.ts";
import { article, refusal } from "./refusal.ts";
import { Trail } from "./trail.ts";

/** A function that an RDD's method was given. */
export interface RootFunction {
  readonly method: string;
  readonly fn: object;
}

export type { CaptureOptions };

export interface Captured {
  readonly bundle: ClosureBundle;
  /** The classes that records may be instances of, by their node. */
  readonly classes: ReadonlyMap<number, new (...args: never[]) => object>;
}

/** A capture above this is copied to every task, and worth a word. */
const largeBytes = 10 << 20;
/** Shorter strings count nothing: measuring each would take longer than sending it. */
const longText = 1 << 16;

/**
 * Copies functions with everything they use: variables as they are now, functions and classes they call, modules.
 * @throws ClosureError for what can't travel, naming the variable and the way out
 */
export function capture(roots: readonly RootFunction[], options: CaptureOptions): Captured {
  const walk = new Capture(options);
  try {
    const ids = roots.map(({ method, fn }) => walk.add(fn, new Trail(method)));
    walk.warnIfLarge();
    return { bundle: { nodes: walk.nodes, roots: ids }, classes: walk.classes };
  } finally {
    releaseInternals();
  }
}

class Capture implements CodeCapture {
  readonly nodes: BundleNode[] = [];
  readonly classes = new Map<number, new (...args: never[]) => object>();
  readonly options: CaptureOptions;
  readonly #ids = new Map<unknown, NodeId>();
  readonly #data: { trail: Trail; value: unknown }[] = [];

  constructor(options: CaptureOptions) {
    this.options = options;
  }

  add(value: unknown, trail: Trail): NodeId {
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isObject) {
      if (typeof value === "symbol") return this.#symbol(value, trail);
      if (typeof value === "string" && value.length > longText) this.#data.push({ trail, value });
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
    return typeof value === "function" ? captureCode(this, value, trail) : this.#object(value, trail);
  }

  /** Adds a node, and remembers whose it is. */
  push(node: BundleNode, value?: object): NodeId {
    const id = this.nodes.push(node) - 1;
    if (value !== undefined) this.#ids.set(value, id);
    return id;
  }

  warnIfLarge(): void {
    const sizes = this.#data.map(({ trail, value }) => ({ trail, bytes: serialize(value).length }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= largeBytes) return;
    const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const megabytes = (largest.bytes / (1 << 20)).toFixed(0);
    this.options.warn(
      `${largest.trail}, ${megabytes} MB, which is copied to every task.\n` +
        "Take only what the function needs from it before, or put it in a file that the function reads.",
    );
  }

  #symbol(value: symbol, trail: Trail): NodeId {
    const name = Object.getOwnPropertyNames(Symbol).find(
      (key) => (Symbol as unknown as Record<string, unknown>)[key] === value,
    );
    if (name) return this.push({ kind: "global", path: ["Symbol", name] });
    throw new ClosureError(
      `${trail}, a symbol, which is another one on each executor.`,
      "Use a string instead.",
    );
  }

  #object(value: object, trail: Trail): NodeId {
    const made = this.options.made?.(value);
    if (made) return this.push(made, value);
    const refused = refusal(value);
    if (refused)
      throw new ClosureError(
        `${trail}, ${refused.what}, which can't be sent to the executors.`,
        refused.remedy,
      );
    if (isPlainData(value)) {
      this.#data.push({ trail, value });
      return this.push({ kind: "data", value }, value);
    }
    const id = this.nodes.push({ kind: "data", value: undefined }) - 1; // its place, for cycles
    this.#ids.set(value, id);
    this.nodes[id] = this.#container(value, trail);
    return id;
  }

  #container(value: object, trail: Trail): BundleNode {
    const prototype: unknown = Object.getPrototypeOf(value);
    const isDirect = prototype === null || Object.getPrototypeOf(prototype) === Object.prototype;
    if (Array.isArray(value) && isDirect) {
      return { kind: "array", items: value.map((item, index) => this.add(item, trail.item(index))) };
    }
    if (types.isMap(value) && isDirect) {
      const entries = [...value].map(
        ([key, item]) =>
          [this.add(key, trail.member("key")), this.add(item, trail.member(String(key)))] as const,
      );
      return { kind: "map", entries };
    }
    if (types.isSet(value) && isDirect) {
      return { kind: "set", items: [...value].map((item, index) => this.add(item, trail.item(index))) };
    }
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      const isModule = types.isModuleNamespaceObject(value);
      return { kind: "object", isBare: prototype === null && !isModule, fields: this.#fields(value, trail) };
    }
    return this.#instance(value, prototype as object, trail);
  }

  #instance(value: object, prototype: object, trail: Trail): BundleNode {
    const { constructor } = prototype;
    const isOfClass = typeof constructor === "function" && constructor.prototype === prototype;
    const isBuiltIn =
      types.isNativeError(value) ||
      Array.isArray(value) ||
      types.isMap(value) ||
      types.isSet(value) ||
      ArrayBuffer.isView(value);
    const known = isOfClass ? knownValue(constructor) : undefined;
    if (!isOfClass || known || isBuiltIn) {
      throw new ClosureError(
        `${trail}, ${isOfClass ? article(value) : "an object with a prototype of its own"}, which can't be sent to the executors.`,
        "Make it inside the function, or once for each partition in mapPartitions.",
      );
    }
    const classId = this.add(constructor, trail.member("constructor"));
    const node = this.nodes[classId];
    if ("hasPrivateFields" in node && node.hasPrivateFields) {
      throw new ClosureError(
        `${trail}, ${article(value)}, whose #private fields can't be copied to the executors.`,
        "Make it inside the function, or declare the fields without #.",
      );
    }
    return { kind: "instance", class: classId, fields: this.#fields(value, trail) };
  }

  #fields(value: object, trail: Trail): (readonly [string, NodeId])[] {
    return Object.keys(value).map((name) => {
      const field = (value as Record<string, unknown>)[name];
      return [name, this.add(field, trail.member(name))] as const;
    });
  }
}
