import type { Handler } from "./request.ts";

type Entry = [session: number, line: number, input: string, output: string | null];

const SESSION = 1;
const MAX_ENTRIES = 10_000;

/** The cells that this kernel ran, in memory. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string, output: string | null): void {
    this.#entries.push([SESSION, line, input, output]);
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
  }

  /** Jupyter's `history_request`: `tail`, `range` or `search`, the latest last. */
  query(request: Record<string, unknown>): Entry[] {
    const count = typeof request.n === "number" ? request.n : undefined;
    switch (request.hist_access_type) {
      case "tail":
        return lastOf(this.#entries, count);
      case "range": {
        if (request.session !== SESSION && request.session !== 0) return [];
        const [start, stop] = [Number(request.start ?? 0), Number(request.stop ?? Number.POSITIVE_INFINITY)];
        return this.#entries.filter(([, line]) => line >= start && line < stop);
      }
      case "search": {
        const pattern = globPattern(String(request.pattern ?? "*"));
        const found = this.#entries.filter(([, , input]) => pattern.test(input));
        return lastOf(request.unique ? latestOfEach(found) : found, count);
      }
      default:
        return [];
    }
  }
}

export const historyRequest: Handler = ({ content }, { history }) => {
  const entries = history.query(content);
  const rows = entries.map(([session, line, input, output]) => [
    session,
    line,
    content.output ? [input, output] : input,
  ]);
  return { content: { status: "ok", history: rows } };
};

function lastOf(entries: Entry[], count: number | undefined): Entry[] {
  return count === undefined ? entries : entries.slice(Math.max(0, entries.length - count));
}

function latestOfEach(entries: Entry[]): Entry[] {
  return entries.filter(
    ([, , input], index) => entries.findLastIndex((other) => other[2] === input) === index,
  );
}

/** Jupyter searches with shell patterns: `*` and `?`. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`);
}
