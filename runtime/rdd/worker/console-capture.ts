// What the user's functions print, kept as lines and sent with the results; the process's own output goes nowhere.
import { formatWithOptions } from "node:util";

const maxLines = 100;
const maxLineLength = 1000;

/** Collects lines from now on; more than a hundred per stage and task are counted, not kept. */
export class ConsoleCapture {
  #lines: string[] = [];
  #dropped = 0;

  install(): void {
    for (const method of ["log", "info", "warn", "error", "debug"] as const) {
      console[method] = (...values: unknown[]) => this.add(formatWithOptions({ depth: 4 }, ...values));
    }
    for (const stream of [process.stdout, process.stderr]) {
      stream.write = (chunk: string | Uint8Array) => {
        this.add(String(chunk).replace(/\n$/, ""));
        return true;
      };
    }
  }

  add(text: string): void {
    if (this.#lines.length >= maxLines) this.#dropped++;
    else this.#lines.push(text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text);
  }

  take(): string[] {
    const lines = this.#dropped > 0 ? [...this.#lines, `… and ${this.#dropped} more lines`] : this.#lines;
    this.#lines = [];
    this.#dropped = 0;
    return lines;
  }
}
