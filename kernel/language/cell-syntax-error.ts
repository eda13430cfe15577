import { type OxcError, parseSync } from "oxc-parser";

/** The cell isn't TypeScript, so nothing of it ran. */
export class CellSyntaxError extends SyntaxError {
  override name = "SyntaxError";
  readonly url: string;
  /** Counted from 1; undefined when the compiler doesn't say where. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, url: string, position?: { line: number; column: number }) {
    super(message);
    this.url = url;
    this.line = position?.line;
    this.column = position?.column;
  }
}

/** The first thing that is wrong with a cell's syntax. */
export function findSyntaxError(source: string, url: string): CellSyntaxError | undefined {
  const [error] = parseSync("cell.ts", source, { lang: "ts", sourceType: "module" }).errors;
  return error && toSyntaxError(error, source, url);
}

function toSyntaxError(error: OxcError, source: string, url: string): CellSyntaxError {
  const message = error.helpMessage ? `${error.message}\n${error.helpMessage}` : error.message;
  const offset = error.labels[0]?.start;
  return new CellSyntaxError(message, url, offset === undefined ? undefined : positionOf(source, offset));
}

function positionOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}
