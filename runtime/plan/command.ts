// Commands of plans: what changes something on the engine or in storage.
import { create } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  WriteOperation_SaveMode as SaveMode,
  WriteOperation_SaveTable_TableSaveMethod as TableSaveMethod,
} from "../connect/generated/commands_pb.js";
import type { Relation } from "../connect/generated/relations_pb.js";

export { SaveMode };
export type { Command };

/** Runs SQL text as a command; the answer holds the relation that stands for its result. */
export function sqlCommand(query: Relation): Command {
  return create(CommandSchema, { commandType: { case: "sqlCommand", value: { input: query } } });
}

export function createView(input: Relation, name: string, replace: boolean, isGlobal: boolean): Command {
  return create(CommandSchema, {
    commandType: { case: "createDataframeView", value: { input, name, replace, isGlobal } },
  });
}

export interface WriteArguments {
  readonly input: Relation;
  readonly target:
    | { readonly path?: string }
    | { readonly table: string; readonly method: "save" | "insert" };
  readonly format?: string;
  readonly mode: SaveMode;
  readonly partitionBy: readonly string[];
  readonly bucketBy?: { readonly numBuckets: number; readonly bucketColumnNames: readonly string[] };
  readonly sortBy?: readonly string[];
  readonly clusterBy?: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

export function write({
  input,
  target,
  format,
  mode,
  partitionBy,
  options,
  ...more
}: WriteArguments): Command {
  return create(CommandSchema, {
    commandType: {
      case: "writeOperation",
      value: {
        input,
        source: format,
        saveType: !("table" in target)
          ? target.path === undefined
            ? { case: undefined }
            : { case: "path", value: target.path }
          : {
              case: "table",
              value: {
                tableName: target.table,
                saveMethod:
                  target.method === "insert" ? TableSaveMethod.INSERT_INTO : TableSaveMethod.SAVE_AS_TABLE,
              },
            },
        mode,
        partitioningColumns: [...partitionBy],
        bucketBy: more.bucketBy && {
          numBuckets: more.bucketBy.numBuckets,
          bucketColumnNames: [...more.bucketBy.bucketColumnNames],
        },
        sortColumnNames: [...(more.sortBy ?? [])],
        clusteringColumns: [...(more.clusterBy ?? [])],
        options: { ...options },
      },
    },
  });
}

export interface CheckpointArguments {
  readonly relation: Relation;
  /** Whether it is kept on the executors, not in the checkpoint folder. */
  readonly local: boolean;
  readonly eager: boolean;
  readonly storageLevel?: StorageLevelFlags;
}

/** What a storage level is made of. */
export interface StorageLevelFlags {
  readonly useDisk: boolean;
  readonly useMemory: boolean;
  readonly useOffHeap: boolean;
  readonly deserialized: boolean;
  readonly replication: number;
}

/** Computes a plan and keeps it; the answer holds the id that stands for it. */
export function checkpoint({ storageLevel, ...value }: CheckpointArguments): Command {
  return create(CommandSchema, {
    commandType: {
      case: "checkpointCommand",
      value: { ...value, storageLevel: storageLevel && { ...storageLevel } },
    },
  });
}

/** Lets go of what {@link checkpoint} keeps. */
export function removeCached(relationId: string): Command {
  return create(CommandSchema, {
    commandType: { case: "removeCachedRemoteRelationCommand", value: { relation: { relationId } } },
  });
}

/** Asks for the driver's resources. */
export function resourcesCommand(): Command {
  return create(CommandSchema, { commandType: { case: "getResourcesCommand", value: {} } });
}
