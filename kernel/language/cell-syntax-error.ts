import { type OxcError, parseSync } from "oxc-parser";
import { lineAndColumn } from "./line-and-column.ts";

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

/** The first thing that the parser finds wrong with a cell. */
export function findSyntaxError(source: string, url: string): CellSyntaxError | undefined {
  const [error] = parseSync("cell.ts", source, { lang: "ts", sourceType: "module" }).errors;
  return error && new CellSyntaxError(messageOf(error), url, positionOf(source, error.labels[0]?.start));
}

/** A mistake that oxc finds after parsing, whose positions are bytes of UTF-8. */
export function toSyntaxError(error: CompileError, source: string, url: string): CellSyntaxError {
  // Of a name declared twice the first label is the first declaration, which is no mistake.
  const bytes = error.labels.at(-1)?.start;
  const offset = bytes === undefined ? undefined : Buffer.from(source).subarray(0, bytes).toString().length;
  return new CellSyntaxError(messageOf(error), url, positionOf(source, offset));
}

type CompileError = Pick<OxcError, "message" | "helpMessage" | "labels">;

function messageOf({ message, helpMessage }: CompileError): string {
  return helpMessage ? `${message}\n${helpMessage}` : message;
}

function positionOf(source: string, offset: number | undefined) {
  return offset === undefined ? undefined : lineAndColumn(source, offset);
}
