// Large local data goes to the server once, in pieces, and plans name it by its hash.
import type { RecordBatch } from "apache-arrow";
import { createHash } from "node:crypto";
import type { ConnectClient } from "../connect/client.ts";
import { addMissingArtifacts, takesArtifacts } from "../connect/add-artifacts.ts";
import { chunkedRelation, localRelation, type Relation } from "../plan/relation.ts";
import type { Prerequisite } from "./prerequisite.ts";
import { streamOf } from "./local-rows.ts";

/** From this size on; each job with the data in its plan would send it again. */
const cachedFromBytes = 4 << 20;
/** A piece stays well below what a server takes in one message. */
const pieceBytes = 16 << 20;

export function isWorthCaching(batches: readonly RecordBatch[]): boolean {
  return sizeOf(batches) >= cachedFromBytes;
}

/**
 * Uploads the batches to each server session that runs a job with them, once.
 * @param found called with the relation that names them, before the job
 */
export function cachedRelation(
  batches: readonly RecordBatch[],
  schema: string,
  found: (relation: Relation) => void,
): Prerequisite {
  let blobs: { readonly hash: string; readonly bytes: Uint8Array }[] | undefined;
  const uploads = new WeakMap<ConnectClient, Promise<void>>();
  const upload = async (client: ConnectClient) => {
    // An engine without a cache has to take it in the plan.
    if (!(await takesArtifacts(client))) return found(localRelation(streamOf(batches), schema));
    blobs ??= [Buffer.from(schema), ...piecesOf(batches).map(streamOf)].map((bytes) => ({
      hash: createHash("sha256").update(bytes).digest("hex"),
      bytes,
    }));
    await addMissingArtifacts(
      client,
      blobs.map(({ hash, bytes }) => ({ name: `cache/${hash}`, bytes })),
    );
    const [schemaHash, ...data] = blobs.map(({ hash }) => hash);
    found(chunkedRelation(data, schemaHash));
  };
  return {
    async check(client) {
      let under = uploads.get(client);
      if (!under) {
        under = upload(client);
        uploads.set(client, under);
        under.catch(() => uploads.delete(client));
      }
      await under;
    },
  };
}

function piecesOf(batches: readonly RecordBatch[]): RecordBatch[][] {
  const pieces: RecordBatch[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const batch of batches) {
    const bytes = batch.data.byteLength;
    if (size + bytes > pieceBytes) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)!.push(batch);
    size += bytes;
  }
  return pieces;
}

function sizeOf(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.data.byteLength, 0);
}
