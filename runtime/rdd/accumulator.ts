import { PlanError } from "../connect/plan-error.ts";
import { shown } from "../sql/argument-error.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { accumulatorFile } from "./accumulator-file.ts";
import { addingNumbers, type Adding } from "./accumulator-param.ts";
import type { BundleNode } from "./closures/bundle.ts";
import type { CodeCapture } from "./closures/capture-code.ts";
import { captureValue } from "./closures/capture-value.ts";
import { ClosureError } from "./closures/closure-error.ts";
import type { Trail } from "./closures/trail.ts";
import { travels, type Travelling } from "./closures/travels.ts";
import { accumulatorPrimitive } from "./worker/accumulator-primitive.ts";
import { decodeRecords, type JobClasses } from "./worker/records.ts";

/** What updates refer to, by the numbers in them. Nobody counts for an accumulator that nobody has any more. */
const accumulators = new Map<number, WeakRef<Accumulator<unknown>>>();
const captures = new Map<number, WeakRef<CodeCapture["classes"]>>();
const gone = new FinalizationRegistry<() => void>((forget) => forget());
const captureNumbers = new WeakMap<CodeCapture, number>();
let lastNumber = 0;

/**
 * A sum that functions on the executors add to, and that is read here. Made by `sc.accumulator(value)`.
 *
 * Of an action (`foreach`, …) each partition counts once, also when its task is tried again. What a transformation adds
 * is added as often as it runs, as in Spark: an RDD that two actions use, and that isn't cached, adds twice.
 * @example
 * const bad = sc.accumulator(0);
 * await lines.foreach((line) => { if (line === "") bad.add(1); });
 * bad.value;
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.Accumulator.html
 */
export class Accumulator<T> implements Travelling {
  /** Its number in this process. */
  readonly aid: number;
  readonly #session: SparkSession;
  readonly #param: Adding<T>;
  #value: T;

  /** Use `sc.accumulator(value)`. */
  constructor(session: SparkSession, value: T, param?: Adding<T> | null) {
    this.#session = session;
    this.#param = param ?? defaultParam(value);
    checkParam(this.#param);
    this.#value = value;
    const aid = (this.aid = ++lastNumber);
    accumulators.set(aid, new WeakRef(this as Accumulator<unknown>));
    gone.register(this, () => accumulators.delete(aid));
  }

  /**
   * What was added so far by actions whose promise is resolved, and here. On the executors it can't be read.
   */
  get value(): T {
    return this.#value;
  }
  set value(value: T) {
    this.#value = value;
  }

  /** Adds a term, on the executors and here. PySpark's `+=`. */
  add(term: T): void {
    this.#value = this.#param.addInPlace(this.#value, term);
  }

  toString(): string {
    return String(this.#value);
  }

  [Symbol.toPrimitive](hint: string): string {
    return accumulatorPrimitive(this, hint);
  }

  /** What functions take along: a copy that begins at zero. */
  [travels](capture: CodeCapture, trail: Trail): BundleNode {
    if (trail.isValue) {
      throw new ClosureError(
        `${trail}, an accumulator, which functions add to.`,
        "Leave it out of the value; functions that use the accumulator itself take it along.",
      );
    }
    const isAdding = (this.#param as unknown) === addingNumbers;
    const zero = captureValue("accumulator()", this.#param.zero(this.#value), capture.options);
    capture.held.push(this, capture.classes);
    return {
      kind: "accumulator",
      id: this.aid,
      capture: numberOf(capture),
      param: isAdding ? undefined : capture.add(this.#param, trail.member("param")),
      zero: zero.bytes,
      classes: zero.classes.map((owner) => capture.add(owner, trail.member("zero").member("constructor"))),
      file: this.#session.engine.isLocal ? accumulatorFile(this.#session, applyAccumulatorUpdates) : "",
    };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Accumulator { id: ${this.aid}, value: ${this.toString()} }`;
  }
}

/**
 * Adds what partitions have added.
 * @param updates as `accumulatorUpdates.take()` of the worker gave them
 * @returns what the accumulators' own adding threw; the others have theirs all the same
 */
export function applyAccumulatorUpdates(updates: readonly Uint8Array[]): unknown[] {
  const thrown: unknown[] = [];
  for (const [id, sum] of updates.flatMap(sumsOf)) {
    try {
      accumulators.get(id)?.deref()?.add(sum);
    } catch (error) {
      thrown.push(error);
    }
  }
  return thrown;
}

function sumsOf(bytes: Uint8Array): [number, unknown][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const classes = captures.get(view.getUint32(0, true))?.deref();
  return decodeRecords(bytes.subarray(4), recordClasses(classes)) as [number, unknown][];
}

function recordClasses(classes: CodeCapture["classes"] = new Map()): JobClasses {
  return new Map([...classes].map(([id, constructor]) => [id, { constructor, hasPrivateFields: false }]));
}

/** Terms may be instances of the classes that a capture has found when it is done. */
function numberOf(capture: CodeCapture): number {
  let number = captureNumbers.get(capture);
  if (number === undefined) {
    const made = (number = ++lastNumber);
    captureNumbers.set(capture, made);
    captures.set(made, new WeakRef(capture.classes));
    gone.register(capture.classes, () => captures.delete(made));
  }
  return number;
}

function defaultParam<T>(value: T): Adding<T> {
  if (typeof value === "number" || typeof value === "bigint") return addingNumbers as unknown as Adding<T>;
  throw new PlanError(
    `accumulator() was given ${shown(value)}, and it isn't known how such values are added.`,
    "Pass how as the second argument: sc.accumulator(value, { zero: () => …, addInPlace: (a, b) => … })",
  );
}

function checkParam(param: unknown): void {
  const { zero, addInPlace } = (typeof param === "object" && param !== null ? param : {}) as Partial<
    Adding<unknown>
  >;
  if (typeof zero === "function" && typeof addInPlace === "function") return;
  throw new PlanError(
    `accumulator() was given ${shown(param)} as the way to add, which has no zero() and addInPlace().`,
    "Pass both: sc.accumulator([], { zero: () => [], addInPlace: (a, b) => a.concat(b) })",
  );
}
