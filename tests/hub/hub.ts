// A hub that a test started, and what people do with it in a browser.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closedClone } from "../support/closed-clone.ts";
import { Command, type CommandOptions, root } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import { isRoot } from "./unix-account.ts";

export const hubPython = join(root, ".sightline", "jupyterhub", "bin", "python");
/** What enables the hub's tests. */
export const hubHint = "npm run setup -- --hub";
/** What enables the hub's tests, where they can't run now. */
export const hubMissing = existsSync(hubPython) ? (isRoot ? closedClone : undefined) : hubHint;

export interface HubStart {
  /** Options after `sightline hub`, beside port and state folder. */
  readonly options?: readonly string[];
  readonly port?: number;
  /** A folder of the test's own by default. */
  readonly stateDir?: string;
  /** Words before the command, such as `setpriv …`. */
  readonly prefix?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** `sightline hub`, as a process of its own. */
export class Hub {
  readonly command: Command;
  readonly stateDir: string;
  readonly port: number;
  readonly scheme: string;

  private constructor(command: Command, stateDir: string, port: number, scheme: string) {
    this.command = command;
    this.stateDir = stateDir;
    this.port = port;
    this.scheme = scheme;
  }

  /** Starts one; it answers when `ready` has resolved. */
  static async start({ options = [], prefix = [], env = {}, ...how }: HubStart = {}): Promise<Hub> {
    const port = how.port ?? (await freePort());
    const stateDir = how.stateDir ?? mkdtempSync(join(tmpdir(), "sightline-hub-"));
    const words = ["hub", "--port", `${port}`, "--state-dir", stateDir, ...options];
    const settings: CommandOptions = { env };
    const bin = join(root, "cli", "sightline.mjs");
    const command = new Command([...prefix, process.execPath, bin, ...words], settings);
    return new Hub(command, stateDir, port, options.includes("--cert") ? "https" : "http");
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.port}`;
  }

  /** The first line, and the link of the first admin if there was one. */
  async ready(): Promise<{ readonly link: string | undefined }> {
    await this.command.says(/JupyterHub is at .*\n/);
    return { link: /\S+\/hub\/first-admin#\S+/.exec(this.command.stdout)?.[0] };
  }

  log(): string {
    return readFileSync(join(this.stateDir, "hub.log"), "utf8");
  }

  async stop(): Promise<void> {
    this.command.child.kill("SIGTERM");
    await this.command.exited;
  }

  remove(): void {
    rmSync(this.stateDir, { recursive: true, force: true });
  }
}
