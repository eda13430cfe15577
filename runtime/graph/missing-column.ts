import { PlotError } from "./plot-error.ts";

/** The error for a column that isn't there: its name, the columns there, and at most three close ones. */
export function missingColumn(name: string, names: readonly string[], where: string): PlotError {
  const shown =
    names.length > 30 ? `${names.slice(0, 30).join(", ")}, … ${names.length - 30} more` : names.join(", ");
  const close = names
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, distance }) => distance <= Math.max(1, Math.ceil(other.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => `\`${other}\``);
  const remedy =
    close.length > 0
      ? `Did you mean ${close.join(", ")}?`
      : "Name one of these columns in bind(), edges() or nodes().";
  return new PlotError(`No column \`${name}\` in the ${where} [${shown}].`, remedy);
}

/** Insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, replaced, isSwap ? before[j - 2] + 1 : Infinity);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
