import type { ConnectClient } from "../connect/client.ts";
import { PlanError } from "../connect/plan-error.ts";
import type { PlannedRows, PlannedStage } from "./job-plan.ts";
import type { Lineage } from "./lineage.ts";
import type { StageNode } from "./stage.ts";
import type { Carrier } from "./stage-relation.ts";

/** The rows of a DataFrame as the partitions of an RDD. */
export function rowsAsBlocks(
  _rows: Extract<Lineage, { kind: "rows" }>,
  _carrier: Carrier,
  _client: ConnectClient,
  _run: (stage: PlannedStage) => Promise<unknown[]>,
): Promise<PlannedRows | { node: StageNode; partitions: number }> {
  throw new PlanError("Not yet.", "");
}
