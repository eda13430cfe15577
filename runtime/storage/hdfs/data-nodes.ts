import { StorageError } from "../storage-error.ts";
import { hdfsError, isUnplaceable } from "./hdfs-error.ts";
import type { NameNode, Parameters } from "./name-node.ts";
import type { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";

// Without a preference of its own the NameNode chooses at random: so often none but dead ones is no chance.
const askedAtMost = 16;

/** Finds DataNodes that aren't among those that failed; the NameNode takes a dead one for alive for ten minutes. */
export class DataNodes {
  readonly #nameNode: NameNode;
  // The web address of each, as redirects write it, to that of its data, by which the NameNode excludes.
  readonly #dataAddresses = new Map<string, string>();

  constructor(nameNode: NameNode) {
    this.#nameNode = nameNode;
  }

  /**
   * Where a DataNode takes or gives a file.
   * @param failed hosts with ports that didn't work; emptied when none but those is left
   */
  async choose(
    patience: Patience,
    op: "CREATE" | "OPEN",
    path: string,
    parameters: Parameters,
    failed: Set<string>,
  ): Promise<URL> {
    const method = op === "CREATE" ? "PUT" : "GET";
    for (let asked = 1; ; asked++) {
      const excludedatanodes = await this.#excluded(patience, failed);
      const exclusion: Parameters = excludedatanodes === "" ? {} : { excludedatanodes };
      try {
        const given = { ...parameters, ...exclusion, noredirect: true };
        const url = toDataNode(await this.#nameNode.call(patience, method, op, path, given));
        if (!failed.has(url.host)) return url;
        if (asked < askedAtMost) continue;
        failed.clear();
        return url;
      } catch (error) {
        if (!(error instanceof RemoteException) || !isUnplaceable(error)) throw error;
        if (failed.size === 0) await patience.pause(hdfsError(error, path, this.#nameNode.user));
        failed.clear();
      }
    }
  }

  async #excluded(patience: Patience, failed: ReadonlySet<string>): Promise<string> {
    if ([...failed].some((host) => !this.#dataAddresses.has(host))) await this.#learn(patience);
    return [...failed].map((host) => this.#dataAddresses.get(host) ?? host).join(",");
  }

  async #learn(patience: Patience): Promise<void> {
    try {
      const nodes = (await this.#nameNode.liveNodes(patience)) as Record<string, Record<string, string>>;
      for (const [name, { infoAddr, xferaddr }] of Object.entries(nodes)) {
        const port = infoAddr.slice(infoAddr.lastIndexOf(":"));
        this.#dataAddresses.set(infoAddr, xferaddr);
        this.#dataAddresses.set(name.slice(0, name.lastIndexOf(":")) + port, xferaddr);
      }
    } catch {
      // Some clusters show it to administrators only; asking again finds another DataNode too.
    }
  }
}

function toDataNode({ Location: location }: { Location?: unknown }): URL {
  const url = typeof location === "string" && URL.canParse(location) ? new URL(location) : undefined;
  if (url?.protocol === "http:") return url;
  throw new StorageError(
    "OTHER",
    `The NameNode sent the data to ${JSON.stringify(location)}, which isn't plain HTTP.`,
    "Only clusters whose dfs.http.policy is HTTP_ONLY or HTTP_AND_HTTPS can be used.",
  );
}
