import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";

/** A program that answers each line with a line of JSON. */
export class Peer {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #answers: Interface;
  readonly #exited: Promise<void>;

  /** @param env what it sees beside our own environment; secrets go here, not into arguments */
  constructor(name: string, [file, ...args]: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.name = name;
    this.#child = spawn(file, args, {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    let errors = "";
    this.#child.stderr!.on("data", (text: Buffer) => (errors = (errors + String(text)).slice(-4000)));
    this.#answers = createInterface({ input: this.#child.stdout! });
    this.#exited = new Promise((resolve) => this.#child.once("exit", () => resolve()));
    this.#exited.then(() => this.#answers.emit("ended", errors)).catch(() => {});
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** @throws Error with what it said last, when it ends instead */
  async ask<T>(line: string): Promise<T> {
    const answer = new Promise<string>((resolve, reject) => {
      const onEnd = (errors: string) => reject(new Error(`${this.name} ended at "${line}".\n${errors}`));
      this.#answers.once("ended", onEnd);
      this.#answers.once("line", (text: string) => {
        this.#answers.off("ended", onEnd);
        resolve(text);
      });
    });
    this.#child.stdin!.write(`${line}\n`);
    return JSON.parse(await answer) as T;
  }

  async end(): Promise<void> {
    this.#child.stdin!.end();
    await this.#exited;
  }
}
