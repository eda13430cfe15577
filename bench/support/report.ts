// What the benchmarks share: the middle of several rounds, and the file that keeps the latest result.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** The words after `npm run bench NAME --`: numbers by name with their defaults, and whether to keep the result. */
export function benchOptions<N extends string>(
  defaults: Readonly<Record<N, number>>,
): Record<N, number> & { save: boolean } {
  const names = Object.keys(defaults) as N[];
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ options: { ...options, save: { type: "boolean" } } }) as {
    values: Record<string, string | boolean | undefined>;
  };
  const numbers = Object.fromEntries(names.map((name) => [name, Number(values[name] ?? defaults[name])]));
  for (const name of names) {
    if (!(numbers[name] > 0)) throw new Error(`--${name} was given ${values[name]}.\nPass a number above 0.`);
  }
  return { ...(numbers as Record<N, number>), save: values.save === true };
}

/** Keeps a result, with what it was measured on, in `bench/results/NAME.json`. */
export function saveResult(name: string, result: object): void {
  const folder = join(import.meta.dirname, "..", "results");
  mkdirSync(folder, { recursive: true });
  const report = { cores: availableParallelism(), node: process.version, ...result };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
}
