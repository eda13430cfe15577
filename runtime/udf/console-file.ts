import { closeSync, openSync, readSync, statSync } from "node:fs";

const periodMs = 200;

/** What functions print on executors of this machine: workers append lines to a file, and this prints them here. */
export class ConsoleFile {
  readonly path: string;
  #offset = 0;
  #jobs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** While a job runs, what its functions print appears a few times a second. */
  watch(): void {
    this.#jobs++;
    this.#timer ??= setInterval(() => this.flush(), periodMs).unref();
  }

  /** A job has ended: what is left appears now. */
  rest(): void {
    this.flush();
    if (this.#jobs > 0 && --this.#jobs > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  flush(): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#offset) return;
    const bytes = Buffer.alloc(size - this.#offset);
    const file = openSync(this.path, "r");
    const count = readSync(file, bytes, 0, bytes.length, this.#offset);
    closeSync(file);
    // The last line may be under way.
    const end = bytes.subarray(0, count).lastIndexOf(0x0a) + 1;
    this.#offset += end;
    for (const line of bytes.subarray(0, end).toString().split("\n")) if (line) print(line);
  }
}

/** Lines are JSON strings, so that each is one line of the file. */
function print(line: string): void {
  try {
    console.log(JSON.parse(line));
  } catch {
    console.log(line); // two executors wrote at once
  }
}
