/**
 * Rows shown one value a line, as Spark shows them: names and values are at least three characters wide, and nothing
 * follows a last line that says how many there are.
 * @param text what the embedded engine shows, where they are as wide as the widest
 */
export function verticalOnSail(text: string): string {
  const lines = text.replace(/(?<=(?:^|\n)[^ \n][^\n]*)\n$/, "").split("\n");
  const fields = lines.filter((line) => line.startsWith(" "));
  const at = dividerOf(fields);
  if (at < 0) return lines.join("\n");
  const names = Math.max(0, 4 - at);
  const values = Math.max(0, 3 - (fields[0].length - at - 4));
  return lines
    .map((line) => {
      const record = /^-RECORD \d+/.exec(line)?.[0];
      // It may be longer than what it is above.
      if (record === line) return line.padEnd(fields[0].length + names + values, "-");
      if (record) return line + "-".repeat(names + values);
      if (!line.startsWith(" ")) return line;
      return line.slice(0, at) + " ".repeat(names) + line.slice(at) + " ".repeat(values);
    })
    .join("\n");
}

/** Where " | " is in all lines, or -1. */
function dividerOf(fields: readonly string[]): number {
  if (fields.length === 0) return -1;
  let at = fields[0].indexOf(" | ", 1);
  while (at >= 0 && !fields.every((line) => line.startsWith(" | ", at)))
    at = fields[0].indexOf(" | ", at + 1);
  return at;
}
