import { Agent } from "node:http";
import { StorageError } from "../storage-error.ts";
import { hdfsError } from "./hdfs-error.ts";
import { type Answer, exchange, NoAnswer } from "./http-exchange.ts";
import type { Limits } from "./limits.ts";
import type { Patience } from "./patience.ts";
import { RemoteException } from "./remote-exception.ts";

type Method = "GET" | "PUT" | "DELETE";
export type Parameters = Readonly<Record<string, string | number | boolean>>;

/**
 * The active one of the NameNodes. Requests are sent again until one is answered, so each must be one that may be
 * carried out twice, and late.
 * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html
 */
export class NameNode {
  readonly user: string;
  readonly limits: Limits;
  readonly agent = new Agent({ keepAlive: true });
  readonly #addresses: readonly URL[];
  #active = 0;

  constructor(addresses: readonly URL[], user: string, limits: Limits) {
    this.#addresses = addresses;
    this.user = user;
    this.limits = limits;
  }

  /**
   * Does one operation of WebHDFS and gives its answer, parsed; a redirect comes as `Location`.
   * @param path absolute, as HDFS knows it
   * @throws RemoteException what HDFS refuses for good
   * @throws StorageError UNREACHABLE when nobody answers in time
   */
  async call(
    patience: Patience,
    method: Method,
    op: string,
    path: string,
    parameters: Parameters = {},
  ): Promise<any> {
    const query = new URLSearchParams({ op, "user.name": this.user });
    for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
    const target = `/webhdfs/v1${encodePath(path)}?${query}`;
    for (let failures = 1; ; failures++) {
      const address = this.#addresses[this.#active];
      let reason: StorageError;
      let withinMs: number | undefined;
      try {
        const answer = await this.#send(patience, method, new URL(target, address));
        if (answer.status < 300) return parse(answer);
        if (answer.status === 307 && answer.location) return { Location: answer.location };
        const refusal = RemoteException.of(answer.status, answer.body);
        reason = hdfsError(refusal, path, this.user);
        // A web server without WebHDFS may be a NameNode that is starting.
        const isForeign = refusal.exception === "" && refusal.status !== 401;
        if (isForeign) withinMs = this.limits.openMs;
        if (!refusal.isStandby && !refusal.isSafeMode && !refusal.isPassing && !isForeign) throw refusal;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        if (error.isStale) continue;
        reason = (error.isCut && patience.lastReason) || this.#unreachable(address, error);
        if (error.isUnconnected) withinMs = patience.nobodyMs;
      }
      this.#active = (this.#active + 1) % this.#addresses.length;
      if (failures % this.#addresses.length === 0) await patience.pause(reason, withinMs);
    }
  }

  /** What the NameNode shows of its DataNodes: https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/Metrics.html */
  async liveNodes(patience: Patience): Promise<unknown> {
    return JSON.parse((await this.#bean(patience, "NameNodeInfo")).LiveNodes);
  }

  /** The port of Hadoop's own protocol; undefined where the NameNode doesn't show it. */
  async rpcPort(patience: Patience): Promise<number | undefined> {
    const { HostAndPort: address } = await this.#bean(patience, "NameNodeStatus").catch(() => ({
      HostAndPort: "",
    }));
    const port = /:(\d+)$/.exec(address ?? "")?.[1];
    return port === undefined ? undefined : Number(port);
  }

  async #bean(patience: Patience, name: string): Promise<Record<string, string>> {
    const query = `qry=Hadoop:service=NameNode,name=${name}`;
    const answer = await this.#send(patience, "GET", new URL(`/jmx?${query}`, this.#addresses[this.#active]));
    return JSON.parse(answer.body.toString()).beans[0];
  }

  #send(patience: Patience, method: Method, url: URL): Promise<Answer> {
    const { connectMs, answerMs } = this.limits;
    const { agent } = this;
    return exchange(url, { method, agent, connectMs, idleMs: answerMs, totalMs: patience.leftMs });
  }

  #unreachable(address: URL, cause: NoAnswer): StorageError {
    const all = this.#addresses.map(({ origin }) => origin).join(" or ");
    return new StorageError(
      "UNREACHABLE",
      `No NameNode answers at ${all} (${address.host}: ${cause.message}).`,
      'Start it, or say where its web address is: { webhdfs: "http://namenode:9870" }.',
      { cause },
    );
  }
}

function parse(answer: Answer): unknown {
  if (answer.body.length === 0) return {};
  try {
    return JSON.parse(answer.body.toString());
  } catch {
    throw new RemoteException(answer.status, "", "an answer that isn't JSON");
  }
}

/** An absolute path for a url, each name by itself. */
function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
