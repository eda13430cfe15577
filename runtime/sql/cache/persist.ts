// persist, unpersist and checkpoints: on Spark the engine keeps the rows, on the embedded engine we do, in files.
import type { ConnectClient } from "../../connect/client.ts";
import { checkpoint, removeCached } from "../../plan/command.ts";
import { star } from "../../plan/expression.ts";
import { fill, pendingRelation, project, type Relation } from "../../plan/relation.ts";
import { cachedRemoteRelation } from "../../plan/relation-shape.ts";
import type { Job } from "../../jobs/index.ts";
import type { DataFrame } from "../dataframe.ts";
import type { Prerequisite } from "../prerequisite.ts";
import type { SparkSession } from "../spark-session.ts";
import { argumentError } from "../argument-error.ts";
import { keywordArguments } from "../keyword-arguments.ts";
import { checkStorageLevel, StorageLevel } from "../storage-level.ts";
import { keeperOf, KeptPlan } from "./kept-plan.ts";

function keepsRows({ engine }: SparkSession): boolean {
  return engine.name !== "sail";
}

/** Starts to keep the rows of a frame; gives what its jobs need then. */
export function persisted(df: DataFrame, level: StorageLevel): Prerequisite[] {
  const { sparkSession, relation: kept } = df;
  if (!keepsRows(sparkSession)) {
    if (keeperOf(kept)) return [];
    return [new KeptPlan(kept, { parent: sparkSession.sessionFolder, level })];
  }
  df.command(async (client) => {
    await client.analyze({ case: "persist", value: { relation: kept, storageLevel: { ...level } } });
  }, "ask");
  return [];
}

/** Stops keeping the rows of a frame. */
export function unpersisted(df: DataFrame, blocking: boolean): void {
  const { sparkSession, relation: kept } = df;
  df.command(async (client) => {
    if (keepsRows(sparkSession)) {
      await client.analyze({ case: "unpersist", value: { relation: kept, blocking } });
      return;
    }
    const released = keeperOf(kept)?.release(client);
    if (blocking) await released;
    else released?.catch(() => {});
  }, "ask");
}

/** How the rows of a frame are kept. */
export async function levelOf(
  { sparkSession, relation: kept }: DataFrame,
  client: ConnectClient,
): Promise<StorageLevel> {
  if (!keepsRows(sparkSession)) return keeperOf(kept)?.level ?? StorageLevel.NONE;
  const { result } = await client.analyze({ case: "getStorageLevel", value: { relation: kept } });
  const level = result.case === "getStorageLevel" ? result.value.storageLevel : undefined;
  if (!level) return StorageLevel.NONE;
  const { useDisk, useMemory, useOffHeap, deserialized, replication } = level;
  return new StorageLevel(useDisk, useMemory, useOffHeap, deserialized, Math.max(1, replication));
}

/** The arguments of `checkpoint` and `localCheckpoint`. */
export function checkpointOptions(method: string, args: readonly unknown[]): CheckpointOptions {
  const isLocal = method === "localCheckpoint";
  const names = isLocal ? (["eager", "storageLevel"] as const) : (["eager"] as const);
  const { eager = true, storageLevel } = keywordArguments<"eager" | "storageLevel">(method, names, args);
  if (typeof eager !== "boolean") throw argumentError(method, eager, "true or false", "eager");
  const hasLevel = storageLevel !== undefined && storageLevel !== null;
  return { isLocal, eager, level: hasLevel ? checkStorageLevel(method, storageLevel) : undefined };
}

export interface CheckpointOptions {
  readonly isLocal: boolean;
  readonly eager: boolean;
  readonly level?: StorageLevel;
}

/** The plan of a frame's rows as they are kept from now on, and what must hold for it. */
export function checkpointed(
  df: DataFrame,
  { isLocal, eager, level }: CheckpointOptions,
): { relation: Relation; prerequisites: Prerequisite[]; isEager: boolean } {
  const { sparkSession } = df;
  if (!keepsRows(sparkSession)) {
    // A message of its own: the frame itself stays as it is.
    const copy = project(df.relation, [star()]);
    const parent = sparkSession.sessionFolder;
    const kept = new KeptPlan(copy, { parent, level: level ?? StorageLevel.DISK_ONLY, isStrict: true });
    return { relation: copy, prerequisites: [kept], isEager: eager };
  }
  const pending = pendingRelation();
  const job: Job<void> = df.command(async (client, signal, input) => {
    const command = checkpoint({ relation: input, local: isLocal, eager, storageLevel: level });
    for (const { responseType } of await client.command(command, { signal })) {
      if (responseType.case !== "checkpointCommandResult") continue;
      const { relationId } = responseType.value.relation!;
      fill(pending, cachedRemoteRelation(relationId));
      abandoned.register(pending, { session: sparkSession, relationId });
    }
  });
  return { relation: pending, prerequisites: [{ begin: () => job }], isEager: false };
}

const abandoned = new FinalizationRegistry(
  ({ session, relationId }: { session: SparkSession; relationId: string }) => {
    if (session.isStopped) return;
    session.query((client) => client.command(removeCached(relationId))).catch(() => {});
  },
);
