// `npm run bench types [-- --rounds N]`: what an editor waits for in a chain of twelve steps over 10, 100 and 450 columns:
// the first check, a check after a keystroke, and the names offered in the last steps. Prints times, the compiler's
// instantiations, and both as ratios to 10 columns.
import { sharedFiles, TypedChain, type ChainStart } from "../tests/support/typed-chain.ts";

const COLUMN_COUNTS = [10, 100, 450];

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

function measure(start: ChainStart, columnCount: number) {
  const chain = new TypedChain(start, columnCount, files);
  const firstMs = timed(() => chain.diagnostics());
  const instantiations = chain.instantiations();
  const offerMs = timed(() => chain.completions("a11.groupBy("));
  chain.edit();
  const againMs = timed(() => chain.diagnostics());
  return { firstMs, againMs, offerMs, instantiations };
}

const files = sharedFiles();
timed(() => new TypedChain("record", 10, files).diagnostics()); // parses the project, which is no work of types
for (const start of ["record", "ddl"] as const) {
  const figures = COLUMN_COUNTS.map((columnCount) => measure(start, columnCount));
  for (const [i, columnCount] of COLUMN_COUNTS.entries()) {
    const words = Object.entries(figures[i]).map(([name, value]) => {
      const ratio = value / figures[0][name as keyof (typeof figures)[0]];
      return `${name} ${Math.round(value)} (${ratio.toFixed(1)} x)`;
    });
    console.log(`${start.padEnd(7)}${String(columnCount).padStart(4)} columns: ${words.join(", ")}`);
  }
}
