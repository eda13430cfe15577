import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { defaultUser, type Endpoint } from "../connect/endpoint.ts";
import { JobScope } from "../jobs/index.ts";
import type { Engine } from "./engine.ts";
import type { ServerProcess } from "./server-process.ts";

/** From the loss of a connection to the news that the process has ended, at most. */
const noticeMs = 1000;

/** An engine on this machine, started when first asked for and again after it ended. */
export abstract class LocalEngine implements Engine {
  abstract readonly name: "sail" | "spark";
  abstract readonly title: string;
  readonly isLocal = true;
  #generation = 0;
  #server: Promise<ServerProcess> | undefined;
  #running: ServerProcess | undefined;
  #lastExit: string | undefined;
  /** What the start is at, and who wants to hear of it. */
  #phase: string | undefined;
  readonly #listeners = new Set<(phase: string) => void>();

  protected abstract start(): Promise<ServerProcess>;
  protected token(): string | undefined {
    return undefined;
  }
  /** How to open connections to it, where a plain one isn't let in. */
  protected connector(_server: ServerProcess): (() => Socket) | undefined {
    return undefined;
  }
  abstract pythonVersion(): Promise<string>;

  get generation(): number {
    return this.#generation;
  }

  get isGone(): boolean {
    return this.#running?.exit !== undefined;
  }

  /** The process id, while it runs. */
  get pid(): number | undefined {
    return this.isGone ? undefined : this.#running?.pid;
  }

  async exitOf(generation: number): Promise<string | undefined> {
    const running = this.#running;
    if (generation === this.#generation && running) {
      await Promise.race([running.ended, sleep(noticeMs, undefined, { ref: false })]);
      if (running.exit === undefined) return undefined;
    }
    return this.#lastExit;
  }

  async endpoint(): Promise<Endpoint> {
    if (this.isGone) {
      this.#server = undefined;
      this.#running = undefined;
    }
    if (!this.#server) {
      const start = this.#launch();
      this.#server = start;
      // Another start may have taken its place, after a stop.
      start.catch(() => this.#server === start && (this.#server = undefined));
    }
    const server = await this.#waitedFor(this.#server);
    return {
      host: "127.0.0.1",
      port: server.port,
      connect: this.connector(server),
      useTls: false,
      token: this.token(),
      userId: defaultUser(),
      headers: {},
    };
  }

  /** Says what the start is at: to the jobs that wait for it, and where none does, as in a script, on standard error. */
  protected tell(phase: string): void {
    this.#phase = phase;
    for (const listener of this.#listeners) listener(phase);
    if (this.#listeners.size === 0 && phase.startsWith("installing")) console.error(`Sightline: ${phase} …`);
  }

  // A start may take half a minute, and an installation minutes.
  async #waitedFor(start: Promise<ServerProcess>): Promise<ServerProcess> {
    const scope = JobScope.current();
    if (!scope || this.#running) return start;
    const report = { id: "engine", since: performance.now() };
    const listener = (text: string) => scope.report({ ...report, text, isDone: false });
    this.#listeners.add(listener);
    listener(this.#phase ?? `starting ${this.title}`);
    try {
      return await start;
    } finally {
      this.#listeners.delete(listener);
      scope.report({ ...report, isDone: true });
    }
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await (await server?.catch(() => undefined))?.stop();
  }

  async #launch(): Promise<ServerProcess> {
    const server = await this.start();
    this.#generation++;
    this.#running = server;
    void server.ended.then(() => (this.#lastExit = server.exit));
    return server;
  }
}
