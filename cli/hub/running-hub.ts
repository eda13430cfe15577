import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../command-error.ts";
import { identify, isRunning, type ProcessIdentity } from "../../dev/processes/process-identity.ts";

interface Entry {
  /** The command that keeps the hub. */
  readonly owner: ProcessIdentity;
  readonly hub?: ProcessIdentity;
  readonly url?: string;
}

/** On their leashes hub and proxy end by themselves; so long they have for it. */
const leftoverMs = 20_000;

/** The one hub of a state folder: who keeps it, and what is left of one that was killed. */
export class RunningHub {
  readonly #file: string;
  readonly #proxyFile: string;

  constructor(stateDir: string) {
    this.#file = join(stateDir, "hub.json");
    this.#proxyFile = join(stateDir, "proxy.json");
  }

  /**
   * Takes the folder for this process, and ends what a killed hub left running.
   * @throws CommandError when a hub of this folder runs
   */
  async take(): Promise<void> {
    for (;;) {
      try {
        this.#write({ owner: identify(process.pid) }, "wx");
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const last = read<Entry>(this.#file);
      if (last && isRunning(last.owner))
        throw new CommandError(
          `The hub of this folder runs already${last.url ? `, at ${last.url}` : ""} (process ${last.owner.pid}).\n` +
            `End it by Ctrl-C in its terminal, or kill ${last.owner.pid}.`,
        );
      await this.endLeftovers();
      rmSync(this.#file, { force: true });
    }
  }

  note(hub: ProcessIdentity, url: string): void {
    this.#write({ owner: identify(process.pid), hub, url }, "w");
  }

  /** Waits until hub and proxy of the last run are gone, which frees their ports; by force if it takes too long. */
  async endLeftovers(): Promise<void> {
    const proxy = () => read<ProcessIdentity>(this.#proxyFile);
    const left = () =>
      [read<Entry>(this.#file)?.hub, proxy()].filter((one) => one !== undefined).filter(isRunning);
    for (const end = Date.now() + leftoverMs; left().length > 0 && Date.now() < end;) await sleep(50);
    for (const { pid } of left()) process.kill(pid, "SIGKILL");
    rmSync(this.#proxyFile, { force: true });
    // By this the hub would kill whoever has that number now.
    rmSync(this.#proxyFile.replace(/json$/, "pid"), { force: true });
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }

  #write(entry: Entry, flag: "w" | "wx"): void {
    writeFileSync(this.#file, JSON.stringify(entry), { mode: 0o600, flag });
  }
}

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
