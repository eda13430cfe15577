// Files given to a session on the server: AddArtifacts' messages, in chunks as small as PySpark's.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type AddArtifactsRequest, AddArtifactsRequestSchema } from "./generated/base_pb.js";

const chunkBytes = 32 * 1024;

/** A file of this machine, or bytes, and its name in the session: "jars/x.jar", "files/x.txt", "cache/<sha256>". */
export type Artifact = { readonly name: string } & (
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
);

type Payload = Exclude<MessageInitShape<typeof AddArtifactsRequestSchema>["payload"], undefined>;

type Identity = Pick<AddArtifactsRequest, "sessionId" | "clientType"> & {
  readonly userContext: { readonly userId: string; readonly userName: string };
};

/** The messages that carry artifacts. One file is never whole in memory. */
export async function* artifactRequests(
  identity: Identity,
  artifacts: readonly Artifact[],
): AsyncGenerator<AddArtifactsRequest> {
  const request = (payload: Payload) => create(AddArtifactsRequestSchema, { ...identity, payload });
  for (const artifact of artifacts) {
    const { name } = artifact;
    await using source = await sourceOf(artifact);
    const numChunks = Math.ceil(source.size / chunkBytes);
    for (let i = 0; i < Math.max(1, numChunks); i++) {
      const data = await source.read(i * chunkBytes);
      const chunk = { data, crc: BigInt(crc32(data)) };
      if (i > 0) yield request({ case: "chunk", value: chunk });
      // Spark refuses one chunk as chunks.
      else if (numChunks <= 1) {
        yield request({ case: "batch", value: { artifacts: [{ name, data: chunk }] } });
      } else {
        const value = {
          name,
          totalBytes: BigInt(source.size),
          numChunks: BigInt(numChunks),
          initialChunk: chunk,
        };
        yield request({ case: "beginChunk", value });
      }
    }
  }
}

interface Source extends AsyncDisposable {
  readonly size: number;
  /** The chunk from here on. */
  read(from: number): Promise<Uint8Array>;
}

async function sourceOf(artifact: Artifact): Promise<Source> {
  if ("bytes" in artifact) {
    const { bytes } = artifact;
    return {
      size: bytes.length,
      read: (from) => Promise.resolve(bytes.subarray(from, from + chunkBytes)),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const file = await open(artifact.path);
  const { size } = await file.stat();
  return {
    size,
    read: async (from) => {
      const chunk = new Uint8Array(Math.min(chunkBytes, size - from));
      let filled = 0;
      while (filled < chunk.length) {
        const { bytesRead } = await file.read(chunk, filled, chunk.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return chunk.subarray(0, filled);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
