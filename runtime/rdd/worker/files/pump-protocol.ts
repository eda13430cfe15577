/*
 * What the worker's main thread, which can't wait for events, and the thread that reads for it say to each other. The
 * bytes go through a ring of slots in shared memory; a message asks for a stream, gives back a slot or ends it.
 *
 * `control` is int32: [0] how many slots were filled so far, then two for each slot: what is in it and how many bytes.
 */
import type { HdfsAccess } from "../../../storage/hdfs/hdfs-access.ts";
import type { Codec } from "../../files/splits.ts";

export const slotCount = 6;
export const slotBytes = 1 << 18;
export const controlBytes = 4 * (1 + 2 * slotCount);

/** What a slot holds: bytes; nothing, and no more will come; why there are no more, as JSON. */
export const SlotKind = { data: 0, end: 1, failure: 2 } as const;

/** A file, or its range, to be pumped. */
export interface PumpedFile {
  readonly path: string;
  readonly size: number;
  readonly start: number;
  /** How far will be read for sure. */
  readonly end: number;
  readonly codec?: Codec;
  readonly hdfs?: HdfsAccess;
}

/** A local file to be put on an HDFS. */
export interface PutFile {
  readonly from: string;
  readonly size: number;
  /** "hdfs://namenode:9000" */
  readonly root: string;
  /** From the root. */
  readonly to: string;
  readonly hdfs: HdfsAccess;
}

interface Work {
  readonly id: number;
  readonly control: Int32Array;
  readonly ring: Uint8Array;
}

export type WorkRequest = Work &
  ({ readonly kind: "open"; readonly file: PumpedFile } | { readonly kind: "put"; readonly file: PutFile });

export type PumpRequest = WorkRequest | { readonly kind: "free" | "close"; readonly id: number };
