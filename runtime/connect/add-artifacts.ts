// Files for a session on the server: https://github.com/apache/spark/blob/master/sql/connect/common/src/main/protobuf/spark/connect/base.proto (AddArtifacts)
import { Code, ConnectError } from "@connectrpc/connect";
import { type Artifact, artifactRequests } from "./artifacts.ts";
import type { ConnectClient } from "./client.ts";
import { errorMetadata } from "./error-details.ts";
import { SparkError } from "./spark-error.ts";

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
 * Gives artifacts to the session on the server.
 * @throws SparkError what the engine answered, or that one arrived damaged
 */
export async function addArtifacts(client: ConnectClient, artifacts: readonly Artifact[]): Promise<void> {
  const { artifacts: answers } = await client.call((service, identity) =>
    service.addArtifacts(artifactRequests(identity, artifacts)),
  );
  const broken = answers.find(({ isCrcSuccessful }) => !isCrcSuccessful);
  if (broken) throw new SparkError(`${broken.name} arrived damaged.\nSend it again.`);
}

/** Like {@link addArtifacts}, those that the session doesn't have yet, each once. */
export async function addMissingArtifacts(
  client: ConnectClient,
  artifacts: readonly Artifact[],
): Promise<void> {
  const byName = new Map(artifacts.map((artifact) => [artifact.name, artifact]));
  const { statuses } = await client.call((service, identity) =>
    service.artifactStatus({ ...identity, names: [...byName.keys()] }),
  );
  const missing = [...byName.values()].filter(({ name }) => !statuses[name]?.exists);
  if (missing.length > 0) await addArtifacts(client, missing);
}

function lacksArtifacts(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false;
  // Sail says so with a class of Java's.
  const isUnsupported = errorMetadata(error).get("classes")?.includes("UnsupportedOperation") ?? false;
  return isUnsupported || error.code === Code.Unimplemented;
}
