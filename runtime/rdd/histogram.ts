import { PlanError } from "../connect/plan-error.ts";
import { shown } from "../sql/argument-error.ts";
import type { Lineage } from "./lineage.ts";
import { operation } from "./lineage-steps.ts";
import type { RunningJob } from "./stage-runner.ts";

/** The edges of intervals, and how many records lie in each: PySpark's rules. */
export async function histogram(
  job: RunningJob,
  source: Lineage,
  given: number | readonly number[],
): Promise<[number[], number[]]> {
  const { edges, isEven } =
    typeof given === "number" ? await evenEdges(job, source, given) : givenEdges(given);
  const args = { buckets: edges, even: isEven };
  const counts = (await job.collect(operation(source, "histogram", "histogram", { args }))) as number[][];
  const none = Array.from({ length: edges.length - 1 }, () => 0);
  return [edges, counts.reduce((sums, partial) => sums.map((sum, at) => sum + partial[at]), none)];
}

interface Edges {
  readonly edges: number[];
  readonly isEven: boolean;
}

async function evenEdges(job: RunningJob, source: Lineage, count: number): Promise<Edges> {
  if (!Number.isInteger(count) || count < 1)
    throw new PlanError(`histogram() was given ${shown(count)} buckets.`, "Pass a whole number from 1.");
  const found = (await job.collect(operation(source, "extent", "histogram"))) as [number, number][];
  if (found.length === 0)
    throw new PlanError("histogram() of an RDD without numbers.", "Ask first: await rdd.isEmpty()");
  const [low, high] = found.reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)]);
  if (low === high || count === 1) return { edges: [low, high], isEven: true };
  const width = (high - low) / count;
  if (!Number.isFinite(width))
    throw new PlanError(
      "histogram() found infinite numbers.",
      "Filter them out: rdd.filter(Number.isFinite)",
    );
  const whole = Math.trunc(width);
  const step = whole * count === high - low ? whole : width;
  return { edges: [...Array.from({ length: count }, (_, at) => at * step + low), high], isEven: true };
}

function givenEdges(edges: readonly number[]): Edges {
  const refuse = (what: string) =>
    new PlanError(`histogram() was given ${what}.`, "Pass sorted edges: [0, 10, 100]");
  if (!Array.isArray(edges)) throw refuse(shown(edges));
  if (edges.length < 2) throw refuse(`${edges.length} edges`);
  if (edges.some((edge) => typeof edge !== "number" || Number.isNaN(edge)))
    throw refuse("an edge that is no number");
  if (edges.some((edge, at) => at > 0 && edge <= edges[at - 1])) throw refuse("edges that don't grow");
  const steps = edges.slice(1).map((edge, at) => edge - edges[at]);
  return { edges: [...edges], isEven: Math.max(...steps) - Math.min(...steps) < 1e-10 };
}
