import { PlanError } from "../connect/plan-error.ts";
import { shown } from "../sql/argument-error.ts";
import { HyperLogLog } from "./hyper-log-log.ts";

/**
 * A number with bounds that hold with a confidence, as {@link RDD.sumApprox} gives it. Those jobs run to their end, so
 * the bounds are the number.
 * @example const { mean, low, high } = await numbers.meanApprox(1000);
 */
export class BoundedFloat {
  readonly mean: number;
  readonly confidence = 1;
  readonly low: number;
  readonly high: number;

  constructor(mean: number) {
    this.mean = mean;
    this.low = mean;
    this.high = mean;
  }

  /** The number, where one is wanted. */
  valueOf(): number {
    return this.mean;
  }
}

/** @throws PlanError for a time or a confidence that isn't one */
export function approximation(method: string, timeout: unknown, confidence: unknown): void {
  if (typeof timeout !== "number" || !(timeout >= 0))
    throw new PlanError(`${method}() was given a timeout of ${shown(timeout)}.`, "Pass milliseconds: 1000");
  if (typeof confidence === "number" && confidence >= 0 && confidence <= 1) return;
  throw new PlanError(
    `${method}() was given a confidence of ${shown(confidence)}.`,
    "Pass a number from 0 to 1: 0.95",
  );
}

/** The arguments of the operation. @throws PlanError for an error that would need too much memory */
export function approximateDistinct(relativeSD: unknown): { readonly relativeSD: number } {
  if (typeof relativeSD === "number" && relativeSD >= 0.000017 && relativeSD < 1) return { relativeSD };
  throw new PlanError(
    `countApproxDistinct() was given a relative error of ${shown(relativeSD)}.`,
    "Pass a number above 0.000017 and below 1: 0.05",
  );
}

/** What the partitions counted, put together. */
export function estimateDistinct(partial: unknown[]): number {
  return HyperLogLog.merged(partial as never).cardinality();
}
