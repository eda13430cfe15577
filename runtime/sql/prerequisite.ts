import type { ConnectClient } from "../connect/client.ts";
import type { ExecutePlanResponse_ObservedMetrics } from "../connect/generated/base_pb.js";
import type { Relation } from "../plan/relation.ts";

/** Something that must hold before a plan can run: a command that answers with a part of it, or files that must be there. */
export interface Prerequisite {
  /** The command; the plan's jobs fail with its failure. */
  begin?(): Promise<unknown>;
  /**
   * Looks, after the commands before the job, and throws when the job can't run.
   * @param purpose whether the plan will run, or the engine is only asked about it
   * @param signal ends the look when the job is cancelled
   */
  check?(client: ConnectClient, purpose: "run" | "ask", signal?: AbortSignal): Promise<void>;
  /** Does something about a column that the engine didn't find; says whether it is worth asking again. */
  recover?(): boolean;
  /** Hears metrics that the engine tells of a run of the plan. */
  observe?(metrics: readonly ExecutePlanResponse_ObservedMetrics[]): void;
  /** Hears that a job of the plan is over, and its failure if it failed. */
  end?(failure: { readonly error: unknown } | undefined, purpose: "run" | "ask"): void;
}

const known = new WeakMap<Relation, readonly Prerequisite[]>();

/** Remembers what must hold for a plan, for those who know nothing but the plan: {@link prerequisitesBeside}. */
export function rememberPrerequisites(plan: Relation, prerequisites: readonly Prerequisite[]): void {
  known.set(plan, prerequisites);
}

/** What must hold for the plans that subqueries of a plan stand for. */
export function prerequisitesBeside({ relType }: Relation): readonly Prerequisite[] {
  if (relType.case !== "withRelations") return [];
  return relType.value.references.flatMap((reference) => known.get(reference) ?? []);
}
