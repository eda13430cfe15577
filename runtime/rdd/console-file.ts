import { LineFile } from "../rdd/line-file.ts";

const periodMs = 200;

/** What functions print on executors of this machine: workers append lines to a file, and this prints them here. */
export class ConsoleFile {
  readonly path: string;
  readonly #lines: LineFile;
  #jobs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
    this.#lines = new LineFile(path);
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
    for (const line of this.#lines.read()) print(line);
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
