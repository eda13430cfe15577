import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A command that is led by lines on its standard input, and answers in lines. */
export class Talk {
  readonly lines: string[] = [];
  errors = "";
  readonly #child: ChildProcess;

  constructor([file, ...args]: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    this.#child = spawn(file, args, { ...options, stdio: "pipe" });
    createInterface({ input: this.#child.stdout! }).on("line", (line) => this.lines.push(line));
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => (this.errors += text));
    this.#child.stdin!.on("error", () => {});
  }

  /** Says a line; resolves with what it answers next. */
  async ask(line: string): Promise<string> {
    const before = this.lines.length;
    this.#child.stdin!.write(`${line}\n`);
    return this.until((lines) => lines.length > before && lines.at(-1));
  }

  /** Waits for what its lines must come to; a test's own timeout is the limit. */
  async until<T>(find: (lines: readonly string[]) => T | false | undefined): Promise<T> {
    const found = () => {
      if (this.#hasEnded) throw new Error(`It ended: ${this.errors}${this.lines.join("\n")}`);
      return find(this.lines) || undefined;
    };
    let value: T | undefined;
    while ((value = found()) === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    return value;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Ends its input, and waits until it has ended. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#child, "exit");
    this.#child.stdin!.end();
    await exit;
  }
}
