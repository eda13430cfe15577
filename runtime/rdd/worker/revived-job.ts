import type { StageSpec } from "../stage.ts";
import { decodeRecords, encodeRecords, type JobClasses } from "./records.ts";
import { revive } from "./revive.ts";

type UserFunction = (...args: unknown[]) => unknown;

/** The functions and values of a job's bundle, by their place among its roots. */
export class RevivedJob {
  readonly classes: JobClasses;
  readonly #roots: readonly unknown[];

  constructor(closures: StageSpec["closures"]) {
    const { functions, classes } = revive(closures);
    this.#roots = functions;
    this.classes = classes;
  }

  /** A function; of a value, what makes a copy of it. */
  functionAt(root: number): UserFunction {
    const found = this.#roots[root];
    return typeof found === "function" ? (found as UserFunction) : this.freshValue(root);
  }

  /** Gives a copy of a value each time: what a function does to it concerns nobody else. */
  freshValue(root: number): () => unknown {
    const value = this.#roots[root];
    if (typeof value !== "object" || value === null) return () => value;
    const bytes = encodeRecords([value], this.classes);
    return () => (decodeRecords(bytes, this.classes) as unknown[])[0];
  }
}
