import { totalmem } from "node:os";
import { join } from "node:path";
import { LocalEngine } from "../local-engine.ts";
import { projectFile } from "../project-folder.ts";
import { ServerProcess } from "../server-process.ts";

/**
 * Sail, the embedded engine: Spark Connect in one process without a JVM.
 * Listens on 127.0.0.1 on a port of the system's choice; relative paths are this process's working folder.
 * @see https://docs.lakesail.com/sail/latest/reference/configuration
 */
export class SailEngine extends LocalEngine {
  readonly name = "sail";
  readonly title = "the embedded engine (Sail)";
  readonly #folder: string;

  /** @param folder the session's private folder, for spilled data and the log */
  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  protected start(): Promise<ServerProcess> {
    return ServerProcess.start({
      title: this.title,
      command: projectFile(".venv/bin/python"),
      args: [join(import.meta.dirname, "serve.py")],
      env: {
        ...process.env,
        SAIL_RUNTIME__MEMORY_POOL__TYPE: "fair",
        SAIL_RUNTIME__MEMORY_POOL__FAIR__MAX_SIZE: String(memoryBudget()),
        SAIL_RUNTIME__TEMPORARY_FILES__PATHS: JSON.stringify([this.#folder]),
        // An idle notebook must not lose its views: the default is 15 minutes.
        SAIL_SPARK__SESSION_TIMEOUT_SECS: String(100 * 365 * 86400),
        RUST_LOG: process.env.SIGHTLINE_ENGINE_LOG ?? "warn",
      },
      logFile: join(this.#folder, "sail.log"),
      startTimeoutMs: 60_000,
    });
  }

  pythonVersion(): Promise<string> {
    return Promise.resolve("");
  }
}

/** 60 % of the memory that this process may have; the engine spills above that. */
function memoryBudget(): number {
  const constrained = process.constrainedMemory();
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(available * 0.6);
}
