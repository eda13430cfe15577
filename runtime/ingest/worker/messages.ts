// What the main thread and a parse worker say to each other. Messages are taken in their order, so a cut holds exactly
// the records that were sent before it.
import type { CutFile } from "../columns/cut-files.ts";
import type { FieldSummary, TableSchema } from "../columns/table-schema.ts";
import type { FeedSpec } from "../feeds/feed-spec.ts";
import type { ParsedRecords } from "../parse-records.ts";
import type { RecordBatch } from "../source/record-batch.ts";

/** A partition as a worker knows it. */
export interface OpenPartition {
  readonly topic: string;
  readonly partition: number;
  /** Undefined where a function of the user's has made JSON of the records already. */
  readonly feed?: FeedSpec;
  readonly partitionBy: readonly string[];
  readonly maxColumns: number;
}

export type ToWorker =
  | { readonly kind: "open"; readonly writer: number; readonly options: OpenPartition }
  | {
      readonly kind: "records";
      readonly writer: number;
      readonly batch: RecordBatch;
      /** Where a function of the user's has parsed them. */
      readonly parsed?: ParsedRecords;
    }
  | { readonly kind: "cut"; readonly writer: number; readonly request: number }
  | {
      readonly kind: "finish";
      readonly writer: number;
      readonly request: number;
      readonly schema: TableSchema;
    }
  | { readonly kind: "close"; readonly writer: number };

/** What a cut became. */
export interface FinishedCut {
  readonly files: readonly CutFile[];
  readonly deadLetters?: { readonly count: number; readonly bytes: Uint8Array<ArrayBuffer> };
}

export type FromWorker =
  | {
      readonly kind: "parsed";
      readonly writer: number;
      readonly batchBytes: number;
      readonly addedRows: number;
      /** How many cuts the partition had before the one that the rest is about. */
      readonly cut: number;
      readonly rows: number;
      /** Memory that the open cut holds. */
      readonly heldBytes: number;
    }
  | { readonly kind: "fields"; readonly request: number; readonly fields: readonly FieldSummary[] }
  | ({ readonly kind: "finished"; readonly request: number } & FinishedCut)
  | { readonly kind: "failed"; readonly request: number; readonly message: string };
