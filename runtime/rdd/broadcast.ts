import { randomUUID } from "node:crypto";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanError } from "../connect/plan-error.ts";
import { argumentError } from "../sql/argument-error.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { BundleNode } from "./closures/bundle.ts";
import type { CodeCapture } from "./closures/capture-code.ts";
import { captureValue } from "./closures/capture-value.ts";
import { ClosureError } from "./closures/closure-error.ts";
import type { Trail } from "./closures/trail.ts";
import { travels, type Travelling } from "./closures/travels.ts";
import { sessionFiles } from "./session-files.ts";

/** Files of variables that nobody has any more. */
const collected = new FinalizationRegistry<{ readonly path: string; readonly forget: () => void }>(
  ({ path, forget }) => {
    forget();
    rmSync(path, { force: true });
  },
);

/**
 * A value that functions on the executors read, sent once and not with each task. Made by `sc.broadcast(value)`.
 * @example
 * const countries = sc.broadcast(new Map([["SE", "Sweden"], ["NO", "Norway"]]));
 * await rdd.map((code) => countries.value.get(code)).collect();
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.Broadcast.html
 */
export class Broadcast<T> implements Travelling {
  readonly #session: SparkSession;
  readonly #path: string;
  readonly #file: string;
  readonly #classes: readonly (new (...args: never[]) => object)[];
  /** Broadcast variables within the value. */
  readonly #held: readonly object[];
  #value: [T] | undefined;

  /** Use `sc.broadcast(value)`. */
  constructor(session: SparkSession, value: T) {
    const { isLocal } = session.engine;
    const { bytes, classes, held } = captureValue("broadcast()", value, { isLocal });
    const name = `broadcast-${randomUUID()}`;
    const path = join(session.sessionFolder, name);
    const file = isLocal ? path : `sightline-${name}`;
    this.#session = session;
    this.#classes = classes;
    this.#held = held;
    this.#value = [value];
    this.#path = path;
    this.#file = file;
    writeFileSync(path, bytes, { mode: 0o600 });
    if (!isLocal) sessionFiles(session).send(file, path);
    const forget = () => sessionFiles(session).forget(file);
    collected.register(this, { path, forget }, this);
  }

  /**
   * The value: here the one that was given, on the executors a copy of what it was when it was broadcast. Later changes
   * here aren't seen there.
   * @throws PlanError after {@link destroy}
   */
  get value(): T {
    if (this.#value) return this.#value[0];
    throw new PlanError(
      "The value of a broadcast variable was read after destroy().",
      "Broadcast it again: const b = sc.broadcast(value)",
    );
  }

  /**
   * Lets the executors forget the value; functions that ask for it again get it again. Those of another machine's engine
   * forget it when they need room.
   * @param blocking taken as PySpark has it; processes forget when their next task begins
   */
  unpersist(blocking = false): void {
    checkBlocking("unpersist", blocking);
    // Workers compare when it was changed with what they have read.
    if (this.#value) utimesSync(this.#path, new Date(), new Date());
  }

  /**
   * Removes the value, here and on the executors. Functions that use it fail from now on, also those of jobs that run;
   * of another machine's engine those of jobs that are called from now on, and its file goes with the session.
   * @param blocking taken as PySpark has it; processes forget when their next task begins
   */
  destroy(blocking = false): void {
    checkBlocking("destroy", blocking);
    this.#value = undefined;
    collected.unregister(this);
    sessionFiles(this.#session).forget(this.#file);
    rmSync(this.#path, { force: true });
  }

  /** What functions take along: where the value lies. */
  [travels](capture: CodeCapture, trail: Trail): BundleNode {
    const why = this.#value
      ? this.#session.isStopped
        ? "whose session was stopped"
        : ""
      : "that was destroyed";
    if (why !== "") {
      throw new ClosureError(
        `${trail}, a broadcast variable ${why}.`,
        "Broadcast the value again, and use that: const b = sc.broadcast(value)",
      );
    }
    capture.held.push(this, ...this.#held);
    const classes = this.#classes.map((owner) =>
      capture.add(owner, trail.member("value").member("constructor")),
    );
    return { kind: "broadcast", file: this.#file, classes };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#value ? "Broadcast { value: … }" : "Broadcast { destroyed }";
  }
}

function checkBlocking(method: string, blocking: unknown): void {
  if (typeof blocking !== "boolean") throw argumentError(method, blocking, "true or false.", "blocking");
}
