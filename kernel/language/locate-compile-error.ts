import { locate } from "./cell-sources.ts";
import { CellSyntaxError } from "./cell-syntax-error.ts";

/** V8 finds mistakes that the parser lets pass (`break` outside of a loop); says them at the user's place. */
export function locateCompileError(error: unknown, url: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  // The stack of a compile error begins with the place, the line of code and a caret under it.
  const lines = (error.stack ?? "").split("\n");
  const line = lines[0].startsWith(`${url}:`) ? Number(lines[0].slice(url.length + 1)) : Number.NaN;
  const column = (lines[2]?.indexOf("^") ?? -1) + 1;
  const position = Number.isNaN(line) || column === 0 ? undefined : locate(url, line, column);
  return new CellSyntaxError(error.message, url, position);
}
