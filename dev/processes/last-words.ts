const shownLines = 8;

/** The last lines of what a Java program wrote, without the frames of stack traces. */
export function lastWords(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s+(at |\.\.\. )/.test(line));
  return lines.slice(-shownLines).join("\n");
}
