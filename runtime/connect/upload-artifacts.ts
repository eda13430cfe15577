// Files for a session on the server: https://github.com/apache/spark/blob/master/sql/connect/common/src/main/protobuf/spark/connect/base.proto (AddArtifacts)
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { crc32 } from "node:zlib";
import type { ConnectClient } from "./client.ts";
import { errorMetadata } from "./error-details.ts";
import type { AddArtifactsRequestSchema } from "./generated/base_pb.js";

/** A file for the server. */
export interface Artifact {
  /** Its kind and its name there: `cache/<sha256>`, `jars/x.jar`, `files/x.txt`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What one message carries. */
const chunkBytes = 1 << 20;

type Request = MessageInitShape<typeof AddArtifactsRequestSchema>;

const answers = new WeakMap<ConnectClient, Promise<boolean>>();

/** Whether the engine keeps files for its sessions. Asks it once. */
export function takesArtifacts(client: ConnectClient): Promise<boolean> {
  let answer = answers.get(client);
  if (!answer) {
    answer = client
      .call((service, identity) => service.artifactStatus({ ...identity, names: [] }))
      .then(
        () => true,
        (error: unknown) => {
          if (lacksArtifacts((error as Error).cause ?? error)) return false;
          throw error;
        },
      );
    answers.set(client, answer);
    answer.catch(() => answers.delete(client));
  }
  return answer;
}

/**
 * Gives files to the session on the server, those that it doesn't have yet.
 * @throws SparkError what the engine answered
 */
export async function uploadArtifacts(client: ConnectClient, artifacts: readonly Artifact[]): Promise<void> {
  const names = artifacts.map(({ name }) => name);
  const { statuses } = await client.call((service, identity) =>
    service.artifactStatus({ ...identity, names }),
  );
  const missing = artifacts.filter(({ name }) => !statuses[name]?.exists);
  if (missing.length > 0) {
    await client.call((service, identity) => service.addArtifacts(requests(identity, missing)));
  }
}

function lacksArtifacts(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false;
  // Sail says so with a class of Java's.
  const isUnsupported = errorMetadata(error).get("classes")?.includes("UnsupportedOperation") ?? false;
  return isUnsupported || error.code === Code.Unimplemented;
}

// oxlint-disable-next-line require-await -- the service wants an asynchronous iterable
async function* requests(
  identity: ConnectClient["identity"],
  artifacts: readonly Artifact[],
): AsyncGenerator<Request> {
  for (const { name, bytes } of new Map(artifacts.map((artifact) => [artifact.name, artifact])).values()) {
    const numChunks = Math.ceil(bytes.length / chunkBytes);
    const chunk = (i: number) => {
      const data = bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes);
      return { data, crc: BigInt(crc32(data)) };
    };
    if (numChunks <= 1) {
      // Spark refuses one chunk as chunks.
      const artifact = { name, data: chunk(0) };
      yield { ...identity, payload: { case: "batch", value: { artifacts: [artifact] } } };
      continue;
    }
    const beginChunk = {
      name,
      totalBytes: BigInt(bytes.length),
      numChunks: BigInt(numChunks),
      initialChunk: chunk(0),
    };
    yield { ...identity, payload: { case: "beginChunk", value: beginChunk } };
    for (let i = 1; i < numChunks; i++) {
      yield { ...identity, payload: { case: "chunk", value: chunk(i) } };
    }
  }
}
