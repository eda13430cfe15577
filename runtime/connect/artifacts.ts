// Files sent to a session on the server: AddArtifacts' messages, in chunks as small as PySpark's.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { open, stat } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type AddArtifactsRequest, AddArtifactsRequestSchema } from "./generated/base_pb.js";

const chunkBytes = 32 * 1024;

/** A file of this machine, and its name in the session: "jars/x.jar", "files/x.txt". */
export interface Artifact {
  readonly name: string;
  readonly path: string;
}

type Payload = Exclude<MessageInitShape<typeof AddArtifactsRequestSchema>["payload"], undefined>;

type Identity = Pick<AddArtifactsRequest, "sessionId" | "clientType"> & {
  readonly userContext: { readonly userId: string; readonly userName: string };
};

/** The messages that carry files. One file is never whole in memory. */
export async function* artifactRequests(
  identity: Identity,
  artifacts: readonly Artifact[],
): AsyncGenerator<AddArtifactsRequest> {
  const request = (payload: Payload) => create(AddArtifactsRequestSchema, { ...identity, payload });
  for (const { name, path } of artifacts) {
    const { size } = await stat(path);
    const numChunks = Math.ceil(size / chunkBytes);
    const file = await open(path);
    try {
      let isFirst = true;
      for await (const data of chunks(file)) {
        const chunk = { data, crc: BigInt(crc32(data)) };
        if (numChunks <= 1) {
          yield request({ case: "batch", value: { artifacts: [{ name, data: chunk }] } });
        } else if (isFirst) {
          const value = { name, totalBytes: BigInt(size), numChunks: BigInt(numChunks), initialChunk: chunk };
          yield request({ case: "beginChunk", value });
        } else {
          yield request({ case: "chunk", value: chunk });
        }
        isFirst = false;
      }
      if (isFirst) {
        const empty = { data: new Uint8Array(), crc: 0n };
        yield request({ case: "batch", value: { artifacts: [{ name, data: empty }] } });
      }
    } finally {
      await file.close();
    }
  }
}

async function* chunks(file: Awaited<ReturnType<typeof open>>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const buffer = new Uint8Array(chunkBytes);
    let filled = 0;
    while (filled < chunkBytes) {
      const { bytesRead } = await file.read(buffer, filled, chunkBytes - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < chunkBytes) return;
  }
}
