import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CommandError } from "../command-error.ts";
import { hubPlaces } from "./hub-places.ts";
import { identify, type ProcessIdentity } from "../../dev/processes/process-identity.ts";

const maxLogBytes = 16 << 20;
const stopTimeoutMs = 40_000;

/** What the hub says of itself, a line each. */
interface Message {
  readonly ready?: boolean;
  readonly firstAdmin?: string;
  readonly refused?: string;
}

export interface Ready {
  /** The secret of the first admin's link; undefined when there is an admin. */
  readonly firstAdmin: string | undefined;
}

/** JupyterHub as a child on a leash: it and all that it started end with this process, for whatever reason. */
export class HubProcess {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly identity: ProcessIdentity;
  /** Settles when the hub has ended. */
  readonly ended: Promise<void>;
  /** Settles when people can log in; never when the hub ends before. */
  readonly ready: Promise<Ready>;
  #hasEnded = false;
  #refused: string | undefined;

  /** @param env what the hub is told; none of it a secret */
  constructor(stateDir: string, env: Record<string, string>) {
    this.#log = join(stateDir, "hub.log");
    if (existsSync(this.#log) && statSync(this.#log).size > maxLogBytes)
      renameSync(this.#log, `${this.#log}.1`);
    const log = openSync(this.#log, "a", 0o600);
    // Without PYTHONPATH and the user's own packages, and writing no bytecode, which would be closed to others.
    this.#child = spawn(hubPlaces.python, ["-E", "-s", "-B", join(hubPlaces.config, "run_hub.py")], {
      cwd: stateDir,
      env: { ...process.env, ...env },
      stdio: ["pipe", log, log, "pipe"],
      detached: true,
    });
    closeSync(log);
    this.#child.stdin!.on("error", () => {});
    this.identity = identify(this.#child.pid!);
    this.ended = once(this.#child, "close").then(() => {
      this.#hasEnded = true;
    });
    this.ready = new Promise((resolve) => {
      createInterface(this.#child.stdio[3] as Readable).on("line", (line) => {
        const message = JSON.parse(line) as Message;
        this.#refused ??= message.refused;
        if (message.ready) resolve({ firstAdmin: message.firstAdmin ?? undefined });
      });
    });
  }

  /** Has servers and kernels shut down and the hub end, by force if it takes too long. */
  async stop(): Promise<void> {
    // The leash stays for now: the hub still needs its proxy.
    if (!this.#hasEnded) this.#child.kill("SIGTERM");
    const force = setTimeout(() => this.kill(), stopTimeoutMs);
    await this.ended;
    clearTimeout(force);
  }

  /** Ends the hub at once; what it started is on leashes of its own. */
  kill(): void {
    this.#child.stdin!.destroy();
    if (!this.#hasEnded) this.#child.kill("SIGKILL");
  }

  /** What to say when the hub ended by itself: its own refusal, else the last line of its log. */
  failure(): CommandError {
    if (this.#refused) return new CommandError(this.#refused);
    const lines = existsSync(this.#log) ? readFileSync(this.#log, "utf8").trim().split("\n") : [];
    return new CommandError(`The hub ended unexpectedly: ${lines.at(-1) ?? ""}\nSee ${this.#log}.`);
  }
}
