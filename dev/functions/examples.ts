// Examples of doc comments: the first recorded case that calls a function.

/** The example of a function as TypeScript, from texts of cases. */
export function exampleOf(name: string, texts: readonly string[]): string | undefined {
  const text = texts.find((each) => each.includes(`F.${name}(`));
  if (text === undefined) return undefined;
  const [, rows, ddl, rest] = /^df\((\[[\s\S]*?\]), ("[^"]*")\)([\s\S]*)$/.exec(text) ?? [];
  const lines = rows
    ? [`const df = spark.createDataFrame(${rows}, ${ddl});`, `df${rest}.show();`]
    : [`${text}.show();`];
  return lines.map(inTypeScript).join("\n");
}

// Cases write values so that Python can be made of them; TypeScript has its own.
function inTypeScript(line: string): string {
  return line
    .replace(/\bF\.(\w)/g, "$1")
    .replace(/\bdec\(/g, "new Decimal(")
    .replace(/\b(?:ts|ntz|date)\(/g, "new Date(")
    .replace(/\bbytes\(("[^"]*")\)/g, 'Buffer.from($1, "hex")')
    .replace(/\bmap\(\[/g, "new Map([")
    .replace(/\bbig\("(-?\d+)"\)/g, "$1n")
    .replace(/\bnan\b/g, "NaN")
    .replace(/\binf\b/g, "Infinity")
    .replace(/"(\w+)": /g, "$1: ");
}
