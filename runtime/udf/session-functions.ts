import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import type { Command } from "../plan/command.ts";
import { pickledCall } from "../plan/map-partitions.ts";
import { executorError } from "../rdd/executor-error.ts";
import { SessionWorkers } from "../rdd/session-workers.ts";
import { workerProgram } from "../rdd/worker-program.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { activeSession } from "../sql/spark-session-builder.ts";
import type { CapturedFunction } from "./captured-function.ts";
import { resultSchema } from "./function-spec.ts";

const sessions = new WeakMap<SparkSession, SessionFunctions>();
let shim: string | undefined;

/** What functions of a session need: how its engine is told of them, and what of them it keeps. */
export class SessionFunctions {
  /** Those of a session. */
  static of(session: SparkSession): SessionFunctions {
    let functions = sessions.get(session);
    if (!functions) sessions.set(session, (functions = new SessionFunctions(session)));
    return functions;
  }

  /**
   * Those of the session there is.
   * @param what was called, for the message
   */
  static active(what: string): SessionFunctions {
    const session = activeSession();
    if (session) return SessionFunctions.of(session);
    throw new PlanError(
      `${what} was called, but there is no session yet.`,
      "Make one first: const spark = await SparkSession.builder.getOrCreate();",
    );
  }

  readonly session: SparkSession;
  readonly #workers: SessionWorkers;
  readonly #registered = new Map<string, Command>();

  private constructor(session: SparkSession) {
    this.session = session;
    this.#workers = SessionWorkers.of(session);
    session.explainErrors(executorError);
    session.extend({
      restore: async (client) => {
        for (const command of this.#registered.values()) await client.command(command);
      },
    });
  }

  /** Whether functions run on this machine, with its files and npm packages. */
  get isLocal(): boolean {
    return this.session.engine.isLocal;
  }

  get pythonVersion(): string {
    return this.#workers.pythonVersion;
  }

  /** The pickle of a function. */
  command({ spec, payload, key }: CapturedFunction, shape: string = spec.shape): Uint8Array {
    const program = workerProgram("udf-worker");
    const config = {
      shape,
      takesKey: spec.takesKey ?? false,
      terminates: spec.terminates ?? false,
      isArrow: spec.isArrow ?? false,
      returns: spec.returns,
      schema: resultSchema(spec),
      ...this.#workers.settings,
      workerPath: this.isLocal ? program.path : "",
      workerHash: program.hash,
      cancelFile: this.#workers.cancelFile,
      consoleFile: this.#workers.consoleFile,
      key,
    };
    shim ??= ["../rdd/shim.py", "shim.py"]
      .map((file) => readFileSync(join(import.meta.dirname, file), "utf8"))
      .join("\n");
    const source = this.isLocal ? undefined : deflateSync(program.source);
    return pickledCall(shim, [JSON.stringify(config), payload, source]);
  }

  /** Sends a command that gives the engine a function under a name, now and after each restart of the engine. */
  register(name: string, command: Command): Job<void> {
    return this.session.command(async (client, signal) => {
      await client.command(command, { signal });
      this.#registered.set(name.toLowerCase(), command);
    });
  }
}
