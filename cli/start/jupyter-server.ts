import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../command-error.ts";
import type { JupyterConfig } from "./jupyter-config.ts";
import { jupyterEnvironment } from "./jupyter-environment.ts";
import { places } from "./places.ts";
import { readServerInfo, type ServerInfo } from "./running-servers.ts";

const maxLogBytes = 4 << 20;
const startTimeoutMs = 120_000;
const stopTimeoutMs = 8_000;

/** JupyterLab as a child on a leash: it ends when `stop` is called, and when this process is gone for any reason. */
export class JupyterServer {
  readonly #child: ChildProcess;
  /** Settles when the server has ended: its exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  #hasEnded = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.ended = once(child, "exit").then(([code]) => {
      this.#hasEnded = true;
      return code;
    });
  }

  /** Starts the server; its secrets travel through the leash's pipe, not in arguments or environment. */
  static start(config: JupyterConfig): JupyterServer {
    mkdirSync(dirname(places.log), { recursive: true });
    if (existsSync(places.log) && statSync(places.log).size > maxLogBytes) rmSync(places.log);
    const log = openSync(places.log, "a", 0o600);
    const child = spawn(places.python, [places.leash], {
      cwd: places.root,
      env: jupyterEnvironment(),
      stdio: ["pipe", log, log],
      detached: true,
    });
    closeSync(log);
    // A leash that is already gone shows as an exit, not as a broken pipe.
    child.stdin!.on("error", () => {});
    child.stdin!.write(`${JSON.stringify(config)}\n`);
    return new JupyterServer(child);
  }

  /**
   * Waits until the server answers.
   * @throws CommandError when it ends before, or doesn't answer in two minutes
   */
  async ready(token: string): Promise<ServerInfo> {
    for (const end = Date.now() + startTimeoutMs; Date.now() < end;) {
      if (this.#hasEnded) throw this.failure("ended before it answered");
      const info = readServerInfo(this.#child.pid!);
      if (info && (await answers(info, token))) return info;
      await Promise.race([sleep(50), this.ended]);
    }
    throw this.failure(`did not answer in ${startTimeoutMs / 1000} s`);
  }

  /** Lets go of the leash: kernels are shut down and the server ends, by force if it takes too long. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    this.#child.stdin!.end();
    const force = setTimeout(() => this.kill(), stopTimeoutMs);
    await this.ended;
    clearTimeout(force);
  }

  /** Ends the server at once. */
  kill(): void {
    if (!this.#hasEnded) process.kill(-this.#child.pid!, "SIGKILL");
  }

  /** What to say when the server went wrong, with the last line of its log. */
  failure(what: string): CommandError {
    const last = existsSync(places.log) ? readFileSync(places.log, "utf8").trim().split("\n").at(-1) : "";
    return new CommandError(`JupyterLab ${what}: ${last}\nSee ${relative(places.root, places.log)}.`);
  }
}

async function answers(info: ServerInfo, token: string): Promise<boolean> {
  try {
    const response = await fetch(new URL("api/status", info.url), {
      headers: { Authorization: `token ${token}` },
    });
    return response.ok;
  } catch {
    return false;
  }
}
