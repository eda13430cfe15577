/** The sentence that names the columns most like `name`, at most three: "Did you mean `host`?" */
export function closeNames(name: string, names: readonly string[]): string {
  const wanted = name.toLowerCase();
  const scored = names
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.ceil(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => `\`${candidate}\``);
  if (scored.length === 0) return "df.printSchema() shows all columns.";
  return `Did you mean ${scored.join(" or ")}? df.printSchema() shows all columns.`;
}

// Levenshtein's distance, by rows.
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
