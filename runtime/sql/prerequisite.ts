import type { ConnectClient } from "../connect/client.ts";
import type { Relation } from "../plan/relation.ts";

/** Something that must hold before a plan can run: a command that answers with a part of it, or files that must be there. */
export interface Prerequisite {
  /** The command; the plan's jobs fail with its failure. */
  begin?(): Promise<unknown>;
  /** Looks, after the commands before the job, and throws when the job can't run. */
  check?(client: ConnectClient): Promise<void>;
  /** Hears that a job of the plan is over, and its failure if it failed. */
  end?(failure: { readonly error: unknown } | undefined): void;
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
