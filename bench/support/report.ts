// What the benchmarks share: the middle of several rounds, and the file that keeps the latest result.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** The middle value; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/**
 * The words after `npm run bench NAME --`: numbers by name with their defaults, and whether to keep the result.
 * @param lists what may be chosen from by `--NAME one,two`; default: all of it
 */
export function benchOptions<N extends string, L extends string = never>(
  defaults: Readonly<Record<N, number>>,
  lists = {} as Readonly<Record<L, readonly string[]>>,
): Record<N, number> & Record<L, readonly string[]> & { save: boolean } {
  const names = Object.keys(defaults) as N[];
  const listNames = Object.keys(lists) as L[];
  const options = Object.fromEntries(
    [...names, ...listNames].map((name) => [name, { type: "string" as const }]),
  );
  const { values } = parseArgs({ options: { ...options, save: { type: "boolean" } } }) as {
    values: Record<string, string | boolean | undefined>;
  };
  const numbers = Object.fromEntries(names.map((name) => [name, Number(values[name] ?? defaults[name])]));
  for (const name of names) {
    if (!(numbers[name] > 0)) throw new Error(`--${name} was given ${values[name]}.\nPass a number above 0.`);
  }
  const chosen = Object.fromEntries(
    listNames.map((name) => [name, (values[name] as string | undefined)?.split(",") ?? lists[name]]),
  ) as Record<L, readonly string[]>;
  for (const name of listNames) {
    const unknown = chosen[name].find((each) => !lists[name].includes(each));
    if (unknown !== undefined)
      throw new Error(`--${name} was given ${unknown}.\nChoose from ${lists[name].join(",")}.`);
  }
  return { ...(numbers as Record<N, number>), ...chosen, save: values.save === true };
}

const folder = join(import.meta.dirname, "..", "results");

/** Keeps a result, with what it was measured on, in `bench/results/NAME.json`. */
export function saveResult(name: string, result: object): void {
  mkdirSync(folder, { recursive: true });
  const report = { cores: availableParallelism(), node: process.version, ...result };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
}

/** The result that was kept; undefined where none was. */
export function readResult(name: string): unknown {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
