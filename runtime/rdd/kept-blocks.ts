import type { ConnectClient } from "../connect/client.ts";
import type { JobPlanner, PlannedRows } from "./job-plan.ts";
import type { Lineage } from "./lineage.ts";
import { firstKeptId } from "./stage.ts";
import { type Carrier, sameBlocks, stageRelation } from "./stage-relation.ts";

let ids = firstKeptId;

/** Lets the engine keep the partitions of a persisted RDD, as blocks, from now on; it makes them when it reads them. */
export async function keptBlocks(
  { kept: { partitions: kept, level }, parent }: Extract<Lineage, { kind: "kept" }>,
  carrier: Carrier,
  client: ConnectClient,
  planner: JobPlanner,
): Promise<PlannedRows> {
  if (kept.blocks) return kept.blocks;
  const partitions = await planner.partitionCount(parent);
  const id = ids++;
  const output = sameBlocks(partitions);
  const sink = { kind: "shuffle", id, output, folder: "", firstSource: 0 } as const;
  const stage = await planner.stage(parent, sink);
  // The same bytes each time: it is by them that the engine knows what it keeps.
  const blocks = stageRelation(stage, { ...carrier, sendsSource: true, cancelFile: "" });
  await client.analyze({ case: "persist", value: { relation: blocks, storageLevel: { ...level } } });
  return (kept.blocks = { id, relation: blocks, partitions });
}
