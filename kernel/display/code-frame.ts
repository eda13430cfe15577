/** Lines around a position, with a caret under it. */
const CONTEXT_LINES = 2;
const MAX_WIDTH = 160;

/** @param line, column counted from 1 */
export function codeFrame(source: readonly string[], line: number, column: number): string[] {
  const from = Math.max(1, line - CONTEXT_LINES);
  const to = Math.min(source.length, line + CONTEXT_LINES);
  const gutter = String(to).length;
  const frame: string[] = [];
  for (let number = from; number <= to; number++) {
    const text = source[number - 1];
    const cut = text.length > MAX_WIDTH ? Math.max(0, number === line ? column - MAX_WIDTH / 2 : 0) : 0;
    const shown = text.slice(cut, cut + MAX_WIDTH).replaceAll("\t", " ");
    frame.push(`${number === line ? ">" : " "} ${String(number).padStart(gutter)} | ${shown}`.trimEnd());
    if (number === line)
      frame.push(`  ${" ".repeat(gutter)} | ${" ".repeat(Math.max(0, column - 1 - cut))}^`);
  }
  return frame;
}
