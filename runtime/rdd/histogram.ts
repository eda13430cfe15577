import { PlanError } from "../connect/plan-error.ts";
import { shown } from "../sql/argument-error.ts";
import type { Lineage } from "./lineage.ts";
import { operation } from "./lineage-steps.ts";
import type { RunningJob } from "./stage-runner.ts";
import { compareValues } from "./worker/compare-values.ts";

/** How many even intervals, or the edges of intervals. */
export type Buckets = number | Edges;

interface Edges {
  readonly edges: readonly unknown[];
  /** Whether all intervals are equally wide. */
  readonly isEven: boolean;
}

/** The edges of intervals, and how many records lie in each: PySpark's rules. */
export async function histogram(
  job: RunningJob,
  source: Lineage,
  buckets: Buckets,
): Promise<[edges: unknown[], counts: number[]]> {
  const { edges, isEven } = typeof buckets === "number" ? await evenEdges(job, source, buckets) : buckets;
  const args = { buckets: edges, even: isEven };
  const counts = (await job.collect(operation(source, "histogram", "histogram", { args }))) as number[][];
  const none = Array.from({ length: edges.length - 1 }, () => 0);
  return [[...edges], counts.reduce((sums, partial) => sums.map((sum, at) => sum + partial[at]), none)];
}

/** @throws PlanError for what is neither a count of buckets nor edges in ascending order */
export function bucketsArgument(given: unknown): Buckets {
  if (Array.isArray(given)) return givenEdges(given);
  if (Number.isInteger(given) && (given as number) >= 1) return given as number;
  const what = typeof given === "number" ? `${given} buckets` : shown(given);
  throw new PlanError(
    `histogram() was given ${what}.`,
    "Pass a whole number from 1, or sorted edges: [0, 10, 100]",
  );
}

function givenEdges(edges: readonly unknown[]): Edges {
  const refuse = (what: string) =>
    new PlanError(`histogram() was given ${what}.`, "Pass sorted edges, at least two: [0, 10, 100]");
  if (edges.length < 2) throw refuse(`${edges.length} edges`);
  for (const [at, edge] of edges.entries()) {
    if (edge === null || edge === undefined || Number.isNaN(edge)) throw refuse(`${String(edge)} as an edge`);
    if (at > 0 && compareEdges(edge, edges[at - 1], refuse) <= 0) throw refuse("edges that don't grow");
  }
  if (!edges.every((edge) => typeof edge === "number")) return { edges, isEven: false };
  const steps = edges.slice(1).map((edge, at) => edge - edges[at]);
  return { edges, isEven: Math.max(...steps) - Math.min(...steps) < 1e-10 };
}

function compareEdges(a: unknown, b: unknown, refuse: (what: string) => PlanError): number {
  try {
    return compareValues(a, b);
  } catch {
    throw refuse("edges that can't be compared");
  }
}

async function evenEdges(job: RunningJob, source: Lineage, count: number): Promise<Edges> {
  const found = (await job.collect(operation(source, "extent", "histogram"))) as [unknown, unknown][];
  if (found.length === 0) {
    throw new PlanError("histogram() of an RDD without values.", "Ask first: await rdd.isEmpty()");
  }
  const [low, high] = found.reduce(([a, b], [c, d]) => [
    compareValues(c, a) < 0 ? c : a,
    compareValues(d, b) > 0 ? d : b,
  ]);
  // One interval has no width to go by: its edges may be of any kind.
  if (count === 1 || compareValues(low, high) === 0) return { edges: [low, high], isEven: false };
  if (typeof low !== "number" || typeof high !== "number") {
    throw new PlanError(
      `histogram() can't make even intervals between ${shown(low)} and ${shown(high)}.`,
      'Pass the edges: rdd.histogram(["a", "m", "z"])',
    );
  }
  const width = (high - low) / count;
  if (!Number.isFinite(width)) {
    throw new PlanError(
      "histogram() found infinite numbers.",
      "Filter them out: rdd.filter(Number.isFinite)",
    );
  }
  const whole = Math.trunc(width);
  const step = whole * count === high - low ? whole : width;
  return { edges: [...Array.from({ length: count }, (_, at) => at * step + low), high], isEven: true };
}
