// A server on a leash: it ends with this process, even when we are killed, until it is released.
import type { ChildProcess } from "node:child_process";
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DevError } from "../dev-error.ts";
import { lastWords } from "./last-words.ts";
import { type Leashed, spawnOnLeash } from "./leash.ts";

export interface ServerOptions {
  /** How people call it: "Kafka broker 0". */
  readonly title: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Its output is appended here. */
  readonly logFile: string;
  /** Asked until it is true, with what the log has got since the start. */
  readonly isReady: (log: string) => boolean | Promise<boolean>;
}

const startTimeoutMs = 180_000;
const stopTimeoutMs = 10_000;
/** A longer log of earlier runs is thrown away. */
const maxLogBytes = 16 << 20;

/** One server process in a process group of its own. The constructor starts it; `ready` waits until it serves. */
export class Server {
  readonly title: string;
  readonly logFile: string;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #leashed: Leashed;
  readonly #isReady: ServerOptions["isReady"];
  readonly #logFd: number;
  readonly #logStart: number;
  #exit: string | undefined;
  /** What its log had got when it ended. */
  #end = "";

  constructor({ title, command, env = process.env, logFile, isReady }: ServerOptions) {
    this.title = title;
    this.logFile = logFile;
    this.#isReady = isReady;
    mkdirSync(dirname(logFile), { recursive: true });
    if (existsSync(logFile) && statSync(logFile).size > maxLogBytes) rmSync(logFile);
    this.#logFd = openSync(logFile, "a+", 0o600);
    this.#logStart = fstatSync(this.#logFd).size;
    this.#leashed = spawnOnLeash(command, {
      cwd: dirname(logFile),
      env,
      stdio: ["ignore", this.#logFd, this.#logFd],
    });
    this.#child = this.#leashed.child;
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        if (this.#exit !== undefined) return;
        this.#end = this.#log(64 << 10);
        closeSync(this.#logFd);
        this.#exit = how;
        resolve();
      };
      this.#child.once("error", (error) => end(`can't be run (${error.message})`));
      this.#child.once("exit", (code, signal) =>
        end(signal ? `was killed by ${signal}` : `ended with exit code ${code}`),
      );
    });
    // A server must not keep a script alive that has nothing more to do.
    this.#child.unref();
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** How it ended, if it did: "was killed by SIGKILL". */
  get exit(): string | undefined {
    return this.#exit;
  }

  /**
   * Waits until it serves.
   * @throws DevError with the end of its log when it ends before, or isn't ready in three minutes; it runs no more then
   */
  async ready(): Promise<void> {
    for (const deadline = performance.now() + startTimeoutMs; performance.now() < deadline;) {
      if (this.#exit !== undefined) throw this.#failure(this.#exit);
      if (await this.#isReady(this.#log())) return;
      await Promise.race([sleep(100), this.ended]);
    }
    await this.kill();
    throw this.#failure(`was not ready in ${startTimeoutMs / 1000} s`);
  }

  /** Sends a signal; settles when the process has ended where the signal is one that ends it. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (this.#exit !== undefined) return;
    this.#child.ref();
    this.#child.kill(signal);
    if (["SIGKILL", "SIGTERM", "SIGINT"].includes(signal)) await this.ended;
  }

  /** Ends it in its own way, by force when that takes too long. */
  async stop(): Promise<void> {
    if (this.#exit !== undefined) return;
    this.#child.ref();
    const force = setTimeout(() => this.#child.kill("SIGKILL"), stopTimeoutMs);
    this.#child.kill("SIGTERM");
    this.#child.kill("SIGCONT");
    await this.ended;
    clearTimeout(force);
  }

  /** Lets it outlive this process. */
  release(): Promise<void> {
    return this.#leashed.release();
  }

  #log(maxBytes = Infinity): string {
    const { size } = fstatSync(this.#logFd);
    const start = Math.max(this.#logStart, size - maxBytes);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    return bytes.toString("utf8", 0, readSync(this.#logFd, bytes, 0, bytes.length, start));
  }

  #failure(what: string): DevError {
    return new DevError(
      `${this.title} didn't start: it ${what}. The end of its log:\n${lastWords(this.#end)}`,
      `The whole log: ${this.logFile}`,
    );
  }
}
