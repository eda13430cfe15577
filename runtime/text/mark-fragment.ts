const maxWidth = 120;

/**
 * The line of a text that a fragment begins in, with carets under the fragment.
 * A long line is cut around it, a fragment of several lines is marked in its first one.
 * @param start, end where the fragment is in the text, without its end
 * @example markFragment("SELECT hots FROM t", 7, 11) // "  SELECT hots FROM t\n         ^^^^"
 */
export function markFragment(text: string, start: number, end: number): string {
  const at = Math.max(0, Math.min(start, text.length));
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", lineStart);
  const lineEnd = newline < 0 ? text.length : newline;
  const cut = Math.max(0, Math.min(at - lineStart - maxWidth / 2, lineEnd - lineStart - maxWidth));
  const shown = text.slice(lineStart + cut, Math.min(lineEnd, lineStart + cut + maxWidth));
  const column = Math.min(at - lineStart - cut, shown.length);
  const length = Math.max(1, Math.min(end, lineEnd) - at);
  const marks = "^".repeat(Math.max(1, Math.min(length, shown.length - column)));
  const before = cut > 0 ? "…" : "";
  const after = lineStart + cut + shown.length < lineEnd ? "…" : "";
  // Tabs and wide characters keep their width under themselves, as far as a terminal lets them.
  const indent = `${before}${shown.slice(0, column)}`.replaceAll(/[^\t]/g, " ");
  return `  ${before}${plain(shown)}${after}\n  ${indent}${marks}`;
}

function plain(line: string): string {
  return line.replaceAll(/(?!\t)\p{Cc}/gu, " ");
}
