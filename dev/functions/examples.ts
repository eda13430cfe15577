// Examples of doc comments: the first recorded case that calls a function.

/** The example of a function as TypeScript, from texts of cases. */
export function exampleOf(name: string, texts: readonly string[]): string {
  const outermost = new RegExp(`\\.(?:select|agg|groupBy|orderBy)\\((?:"\\w+", )*F\\.${name}\\(`);
  const text =
    texts.find((each) => outermost.test(each)) ?? texts.find((each) => each.includes(`F.${name}(`));
  if (text === undefined)
    throw new Error(`No case calls ${name}.\nAdd one to tests/conformance/cases/functions-*.ts`);
  const [, rows, ddl, rest] = /^df\((\[[\s\S]*?\]), ("(?:[^"\\]|\\.)*")\)([\s\S]*)$/.exec(text) ?? [];
  if (!rows) return `${inTypeScript(text)}.show();`;
  const frame = `const df = spark.createDataFrame(${inTypeScript(rows)}, ${ddl});`;
  return `${frame.length <= width ? frame : inLines(inTypeScript(rows), ddl)}\ndf${inTypeScript(rest)}.show();`;
}

const width = 114;

// Rows stand on lines of their own; a row begins where a bracket opens inside the outermost.
function inLines(rows: string, ddl: string): string {
  const lines: string[] = [];
  let [depth, isText, start] = [0, false, 1];
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] === '"' && rows[i - 1] !== "\\") isText = !isText;
    if (isText) continue;
    if ("[(".includes(rows[i])) depth++;
    if ("])".includes(rows[i]) && --depth === 1) {
      lines.push(`  ${rows.slice(start, i + 1).replace(/^, /, "")},`);
      start = i + 1;
    }
  }
  return `const rows = [\n${lines.join("\n")}\n];\nconst df = spark.createDataFrame(rows, ${ddl});`;
}

// Cases write values so that Python can be made of them; TypeScript has its own.
function inTypeScript(line: string): string {
  return line
    .replace(/\bF\.typeof\(/g, "typeOf(")
    .replace(/\bF\.(\w)/g, "$1")
    .replace(/\bW\.(\w)/g, "Window.$1")
    .replace(/\bT\.(\w)/g, "types.$1")
    .replace(/\brow\(([^()]*)\)/g, "[$1]")
    .replace(/\bdec\(/g, "new Decimal(")
    .replace(/\b(?:ts|ntz|date)\(/g, "new Date(")
    .replace(/\bbytes\(("[^"]*")\)/g, 'Buffer.from($1, "hex")')
    .replace(/\bmap\(\[/g, "new Map([")
    .replace(/\bbig\("(-?\d+)"\)/g, "$1n")
    .replace(/\bnan\b/g, "NaN")
    .replace(/\binf\b/g, "Infinity")
    .replace(/"(\w+)": /g, "$1: ");
}
