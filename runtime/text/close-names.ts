/**
 * The names that a mistyped one may have meant, closest first, at most three. Upper and lower case are the same.
 * A name is close when it begins with what was typed, or differs by few slips for its length and not in every letter.
 * @param word what was typed
 * @param names what exists
 */
export function closeNames(word: string, names: readonly string[]): string[] {
  const typed = word.toLowerCase();
  return names
    .map((name) => ({ name, slips: slipsBetween(typed, name.toLowerCase()) }))
    .filter(({ slips }) => slips !== undefined)
    .sort((a, b) => a.slips! - b.slips!)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Undefined when the two are too far apart. */
function slipsBetween(typed: string, name: string): number | undefined {
  if (typed !== "" && name.startsWith(typed)) return Math.min(1, name.length - typed.length);
  const length = Math.max(typed.length, name.length);
  const distance = editDistance(typed, name);
  return distance <= Math.max(1, Math.floor(length / 3)) && distance < length ? distance : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours, each counted once. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
