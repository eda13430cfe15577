import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const root = join(import.meta.dirname, "..", "..");

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Makes it the leader of a process group of its own, as a terminal does. */
  readonly detached?: boolean;
}

/** A command that runs, with what it has said so far. */
export class Command {
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #hasExited = false;
  stdout = "";
  stderr = "";

  constructor(command: string[], options: CommandOptions = {}) {
    const [file, ...args] = command;
    const env = { ...process.env, ...options.env };
    const { cwd = root, detached = false } = options;
    this.child = spawn(file, args, { cwd, env, detached, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout!.setEncoding("utf8").on("data", (text) => (this.stdout += text));
    this.child.stderr!.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    this.exited = new Promise((resolve) =>
      this.child.once("exit", (code, signal) => {
        this.#hasExited = true;
        resolve({ code, signal });
      }),
    );
  }

  /** Runs a command to its end. */
  static async run(command: string[], options?: CommandOptions) {
    const running = new Command(command, options);
    await new Promise((resolve) => running.child.once("close", resolve));
    const { code } = await running.exited;
    return { code, stdout: running.stdout, stderr: running.stderr };
  }

  /** Waits until the command's standard output holds this. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match) return match;
      if (this.#hasExited)
        throw new Error(`The command ended without saying ${pattern}:\n${this.stdout}${this.stderr}`);
      await sleep(20);
    }
  }
}
