import { Publisher, Reply, Router } from "zeromq";
import { KernelError } from "../kernel-error.ts";
import { addressOf, type Channel, type Connection } from "./connection.ts";
import { SendQueue } from "./send-queue.ts";

/** How long messages may linger when the kernel ends and a front end doesn't read them. */
const LINGER_MS = 500;

/** The five sockets of a kernel, bound. */
export class Sockets {
  readonly shell = new Router({ linger: LINGER_MS });
  readonly control = new Router({ linger: LINGER_MS });
  readonly stdin = new Router({ linger: LINGER_MS });
  readonly heartbeat = new Reply({ linger: 0 });
  // A subscriber that is behind makes the sender wait: zeromq's default is to drop what it can't take.
  readonly iopub = new Publisher({ linger: LINGER_MS, noDrop: true });
  readonly queues = {
    shell: new SendQueue(this.shell),
    control: new SendQueue(this.control),
    stdin: new SendQueue(this.stdin),
    iopub: new SendQueue(this.iopub),
  };

  /** @throws KernelError when a port is taken */
  async bind(connection: Connection): Promise<void> {
    const bindOne = async (channel: Channel, socket: { bind(address: string): Promise<void> }) => {
      const address = addressOf(connection, channel);
      await socket.bind(address).catch((error: Error) => {
        throw new KernelError(
          `The kernel can't listen on ${address} (${channel}): ${error.message}.\nStart it again: Jupyter then picks other ports.`,
        );
      });
    };
    await Promise.all([
      bindOne("shell", this.shell),
      bindOne("control", this.control),
      bindOne("stdin", this.stdin),
      bindOne("hb", this.heartbeat),
      bindOne("iopub", this.iopub),
    ]);
    void this.#echoHeartbeat();
  }

  /** Sends what waits, then closes. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.queues).map((queue) => queue.settled()));
    for (const socket of [this.shell, this.control, this.stdin, this.heartbeat, this.iopub]) socket.close();
  }

  async #echoHeartbeat(): Promise<void> {
    for await (const frames of this.heartbeat) await this.heartbeat.send(frames);
  }
}
