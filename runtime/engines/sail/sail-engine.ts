import { readdirSync, readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../engine-error.ts";
import { LocalEngine } from "../local-engine.ts";
import { otherAccounts } from "../other-accounts.ts";
import { projectFile } from "../project-folder.ts";
import { ServerProcess } from "../server-process.ts";
import { GatedConnection } from "./gated-connection.ts";

/**
 * Sail, the embedded engine: Spark Connect in one process without a JVM. Relative paths are this process's working folder.
 * Listens on loopback on a port of the system's choice, behind a gate that lets in this process's connections only
 * (docs/explanation/engine-isolation.md). Without a gate it starts only on a machine that nobody else has an account on.
 * @see https://docs.lakesail.com/sail/latest/reference/configuration
 */
export class SailEngine extends LocalEngine {
  readonly name = "sail";
  readonly title = "the embedded engine (Sail)";
  readonly settings: ReadonlyMap<string, string>;
  readonly #folder: string;
  #isGuarded = true;

  /** @param folder the session's private folder, for spilled data, tables and the log */
  constructor(folder: string) {
    super();
    this.#folder = folder;
    // Its catalog ends with the process, and its files would stay beside the notebook.
    this.settings = new Map([["spark.sql.warehouse.dir", join(folder, "warehouse")]]);
  }

  protected start(): Promise<ServerProcess> {
    this.#isGuarded = true;
    return ServerProcess.start({
      title: this.title,
      // A hub whose people cannot read the clone's own Python names another one.
      command: process.env.SIGHTLINE_PYTHON ?? projectFile(".venv/bin/python"),
      args: [join(import.meta.dirname, "serve.py")],
      env: {
        ...process.env,
        SAIL_RUNTIME__MEMORY_POOL__TYPE: "fair",
        SAIL_RUNTIME__MEMORY_POOL__FAIR__MAX_SIZE: String(memoryBudget()),
        SAIL_RUNTIME__TEMPORARY_FILES__PATHS: JSON.stringify([this.#folder]),
        // An idle notebook must not lose its views: the default is 15 minutes.
        SAIL_SPARK__SESSION_TIMEOUT_SECS: String(100 * 365 * 86400),
        // Plans are walked by recursion, and one of 500 steps ends the process with the default of 8 MiB. Only what is
        // used is memory.
        SAIL_RUNTIME__STACK_SIZE: String(128 * 2 ** 20),
        // Each task of a function has a thread of its own. With huge pages it kept 3 MB of every one, up to a gigabyte
        // after 300 tasks; without them 25 KB, and queries take as much of the processor as before.
        MIMALLOC_ALLOW_THP: "0",
        RUST_LOG: process.env.SIGHTLINE_ENGINE_LOG ?? "warn",
      },
      logFile: join(this.#folder, "sail.log"),
      startTimeoutMs: 60_000,
      onUnguarded: (reason) => {
        this.#isGuarded = false;
        refuseBesideOthers(this.title, reason, otherAccounts());
      },
    });
  }

  protected override connector(server: ServerProcess): (() => Socket) | undefined {
    return this.#isGuarded ? () => new GatedConnection(server) : undefined;
  }

  pythonVersion(): Promise<string> {
    return Promise.resolve("");
  }

  /**
   * Sail answers that an operation has ended and may go on computing it, a cross join for ever. So it has two
   * seconds to come to rest; then it is ended, and the next call starts it anew.
   */
  async settle(isIdle: () => boolean): Promise<void> {
    const deadline = performance.now() + releaseMs;
    let quietSamples = 0;
    while (isIdle() && !this.isGone && quietSamples < 3) {
      quietSamples = isComputing(this.pid) ? 0 : quietSamples + 1;
      if (quietSamples === 0 && performance.now() > deadline) return this.stop();
      await sleep(sampleMs);
    }
  }
}

/** @throws EngineError when there is somebody to be closed out, and no gate to do it */
export function refuseBesideOthers(title: string, reason: string, others: readonly string[]): void {
  if (others.length === 0) return;
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  throw new EngineError(
    `${title[0].toUpperCase()}${title.slice(1)} would be open to the other accounts of this machine ` +
      `(${others.slice(0, 3).join(", ")}${more}) and so it wasn't started: ${reason}.`,
    "Use Spark with a token, SPARK_REMOTE=local[*] (`npm run setup -- --spark` installs it), " +
      "or give each person a container of their own.",
  );
}

const releaseMs = 2000;
const sampleMs = 20;

/**
 * Whether a thread of the process computes or waits for a processor, which on a busy machine tells more than the time
 * that it got. Unknown, and so false, where there is no /proc.
 */
function isComputing(pid: number | undefined): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((task) => {
      return readFileSync(`/proc/${pid}/task/${task}/stat`, "utf8").split(") ")[1].startsWith("R");
    });
  } catch {
    return false;
  }
}

/** 60 % of the memory that this process may have; the engine spills above that. */
function memoryBudget(): number {
  const constrained = process.constrainedMemory();
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(available * 0.6);
}
