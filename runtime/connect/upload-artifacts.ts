// Files for a session on the server: https://github.com/apache/spark/blob/master/sql/connect/common/src/main/protobuf/spark/connect/base.proto (AddArtifacts)
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { crc32 } from "node:zlib";
import type { ConnectClient } from "./client.ts";
import type { AddArtifactsRequestSchema } from "./generated/base_pb.js";
import { toSparkError } from "./spark-error.ts";

/** A file for the server. */
export interface Artifact {
  /** Its kind and its name there: `cache/<sha256>`, `jars/x.jar`, `files/x.txt`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What one message carries. */
const chunkBytes = 1 << 20;

type Request = MessageInitShape<typeof AddArtifactsRequestSchema>;

/**
 * Gives files to the session on the server, those that it doesn't have yet.
 * @returns false when the engine takes no files
 * @throws SparkError what the engine answered
 */
export async function uploadArtifacts(
  client: ConnectClient,
  artifacts: readonly Artifact[],
): Promise<boolean> {
  try {
    const names = artifacts.map(({ name }) => name);
    const { statuses } = await client.service.artifactStatus({ ...client.identity, names });
    const missing = artifacts.filter(({ name }) => !statuses[name]?.exists);
    if (missing.length > 0) await client.service.addArtifacts(requests(client, missing));
    return true;
  } catch (error) {
    if (error instanceof ConnectError && lacksArtifacts(error)) return false;
    throw toSparkError(error);
  }
}

function lacksArtifacts({ code, rawMessage }: ConnectError): boolean {
  return code === Code.Unimplemented || /not (yet )?(implemented|supported)/i.test(rawMessage);
}

// oxlint-disable-next-line require-await -- the service wants an asynchronous iterable
async function* requests(client: ConnectClient, artifacts: readonly Artifact[]): AsyncGenerator<Request> {
  for (const { name, bytes } of new Map(artifacts.map((artifact) => [artifact.name, artifact])).values()) {
    const numChunks = Math.max(1, Math.ceil(bytes.length / chunkBytes));
    const chunk = (i: number) => {
      const data = bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes);
      return { data, crc: BigInt(crc32(data)) };
    };
    const beginChunk = {
      name,
      totalBytes: BigInt(bytes.length),
      numChunks: BigInt(numChunks),
      initialChunk: chunk(0),
    };
    yield { ...client.identity, payload: { case: "beginChunk", value: beginChunk } };
    for (let i = 1; i < numChunks; i++) {
      yield { ...client.identity, payload: { case: "chunk", value: chunk(i) } };
    }
  }
}
