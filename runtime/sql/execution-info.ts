import type {
  ExecutePlanResponse_Metrics,
  ExecutePlanResponse_ObservedMetrics,
} from "../connect/generated/base_pb.js";
import { valueOfLiteral } from "./literal-value.ts";
import type { Metrics } from "./observation.ts";

/** What a step of a plan counted while it ran. */
export interface PlanMetrics {
  readonly name: string;
  readonly planId: number;
  /** The plan id of the step that it feeds. */
  readonly parent: number;
  readonly metrics: readonly MetricValue[];
}

export interface MetricValue {
  readonly name: string;
  readonly value: number;
  /** What it is: "sum", "size", "timing". */
  readonly type: string;
}

/** What an engine told of a run beside its rows: {@link DataFrame.executionInfo}. */
export interface ExecutionInfo {
  /** By step; empty on an engine that doesn't count. */
  readonly metrics: readonly PlanMetrics[];
  /** What the plan observes, by the name of the observation. */
  readonly observed: Readonly<Record<string, Metrics>>;
}

export const noInfo: ExecutionInfo = { metrics: [], observed: {} };

/** The info with what one more answer tells. */
export function withAnswer(
  info: ExecutionInfo,
  metrics: ExecutePlanResponse_Metrics | undefined,
  observed: readonly ExecutePlanResponse_ObservedMetrics[],
): ExecutionInfo {
  return {
    metrics: [...info.metrics, ...(metrics?.metrics ?? []).map(planMetrics)],
    observed: {
      ...info.observed,
      ...Object.fromEntries(observed.map((each) => [each.name, observedMetrics(each)])),
    },
  };
}

/** The metrics of one observation. */
export function observedMetrics({ keys, values }: ExecutePlanResponse_ObservedMetrics): Metrics {
  return Object.fromEntries(values.map((value, i) => [keys[i] ?? String(i), valueOfLiteral(value)]));
}

function planMetrics(step: ExecutePlanResponse_Metrics["metrics"][number]): PlanMetrics {
  return {
    name: step.name,
    planId: Number(step.planId),
    parent: Number(step.parent),
    metrics: Object.values(step.executionMetrics).map(({ name, value, metricType }) => ({
      name,
      value: Number(value),
      type: metricType,
    })),
  };
}
