// A server that belongs to this process: it dies with us, even when we are killed.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import { EngineError } from "./engine-error.ts";

export interface ServerCommand {
  /** How people call it, for messages. */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /**
   * Called when it says that others could use what it is about to listen on, with the reason; it listens only after
   * this returned. What this throws ends it.
   */
  readonly onUnguarded?: (reason: string) => void;
  /** Its standard error goes here. */
  readonly logFile: string;
  readonly startTimeoutMs: number;
}

/** Spark's exit code when its heap was full. */
const sparkOutOfMemory = 52;

/**
 * A running server. It has its own process group, prints `port N` when it is ready, and ends when its standard
 * input does: that is how it notices that its parent was killed. It may answer questions on the same two pipes.
 */
export class ServerProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  readonly #questions = new Map<number, PromiseWithResolvers<string> & { keepsAlive: boolean }>();
  #asked = 0;
  #exit: string | undefined;

  private constructor(child: ChildProcess, lines: Interface, port: number, ended: Promise<void>) {
    this.#child = child;
    this.port = port;
    this.ended = ended;
    lines.on("line", (line) => {
      const [, id, answer] = /^answer (\d+) (.*)$/.exec(line) ?? [];
      this.#settle(Number(id))?.resolve(answer);
    });
    void ended.then(() => {
      for (const id of this.#questions.keys()) this.#settle(id)?.reject(new Error(`It ${this.#exit}.`));
    });
    child.on("exit", (code, signal) => {
      this.#exit = signal
        ? `was killed by ${signal}`
        : `ended with exit code ${code}${code === sparkOutOfMemory ? " for want of memory" : ""}`;
      // What it started may still run.
      killGroup(child);
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** How it ended, if it did: "was killed by SIGKILL". */
  get exit(): string | undefined {
    return this.#exit;
  }

  /** @throws EngineError with the end of its log when it doesn't come up */
  static async start(options: ServerCommand): Promise<ServerProcess> {
    const log = openSync(options.logFile, "a", 0o600);
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["pipe", "pipe", log],
      detached: true,
    });
    closeSync(log);
    child.stdin!.on("error", () => {}); // it has ended; `exit` says so
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const lines = createInterface({ input: child.stdout! });
    const port = await portOf(child, lines, options);
    const server = new ServerProcess(child, lines, port, ended);
    // A server must not keep a script alive that has nothing more to do.
    child.unref();
    for (const stream of [child.stdin, child.stdout]) (stream as unknown as Pipe).unref();
    return server;
  }

  /**
   * Asks it something, and waits for its answer.
   * @param keepsAlive whether a script must not end before the answer is there
   * @throws Error when it has ended, or ends before it answers
   */
  ask(verb: string, about: string, { keepsAlive = true } = {}): Promise<string> {
    if (this.#exit !== undefined) return Promise.reject(new Error(`It ${this.#exit}.`));
    const question = { ...Promise.withResolvers<string>(), keepsAlive };
    this.#questions.set(++this.#asked, question);
    if (keepsAlive) (this.#child.stdout as unknown as Pipe).ref();
    this.#child.stdin!.write(`${verb} ${about} ${this.#asked}\n`);
    return question.promise;
  }

  #settle(id: number): PromiseWithResolvers<string> | undefined {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    const isAwaited = this.#questions.values().some(({ keepsAlive }) => keepsAlive);
    if (!isAwaited) (this.#child.stdout as unknown as Pipe).unref();
    return question;
  }

  /** Ends it with everything it started. */
  async stop(): Promise<void> {
    this.#child.ref();
    killGroup(this.#child);
    await this.ended;
  }
}

/** What a child's pipe is, whatever its type says. */
interface Pipe {
  ref(): void;
  unref(): void;
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    // gone already
  }
}

async function portOf(
  child: ChildProcess,
  lines: Interface,
  { title, command, logFile, startTimeoutMs, onUnguarded }: ServerCommand,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  lines.on("line", (line) => {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port) resolve(Number(port));
    const reason = /^unguarded (.*)$/.exec(line)?.[1];
    if (reason === undefined) return;
    try {
      onUnguarded?.(reason);
      child.stdin!.write("go\n");
    } catch (error) {
      reject(error);
      killGroup(child);
    }
  });
  const setup = "Run `npm run setup` in the project's folder, then try again.";
  const again = "Run it again; if that happens again, the machine may lack memory.";
  const fail = (what: string, remedy = setup, cause?: Error) =>
    reject(new EngineError(`${title} didn't start: ${what}${logTail(logFile)}`, remedy, { cause }));
  child.once("error", (error) => fail(`${command} can't be run (${error.message}).`, setup, error));
  child.once("exit", (code, signal) =>
    signal ? fail(`killed by ${signal}.`, again) : fail(`exit code ${code}.`),
  );
  const timer = setTimeout(() => {
    fail(`no answer in ${startTimeoutMs / 1000} s.`, again);
    killGroup(child);
  }, startTimeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    lines.removeAllListeners("line");
    child.removeAllListeners("exit").removeAllListeners("error");
    child.on("error", () => {});
  }
}

function logTail(file: string): string {
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(-5);
  return lines[0] === "" ? "" : `\n${lines.join("\n")}`;
}
