// What was recorded: one file for each area, one line for each case.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Case, type CaseEntry, toCase } from "./case.ts";

const folder = join(import.meta.dirname, "..", "cases");

/** What pyspark sent for a case and Spark answered. */
export interface Golden {
  /** The relation of the frame that the case gives, as normalised JSON, or its hash where it is very long. */
  readonly plan?: unknown;
  /** The plans that were sent while the case was evaluated: commands, and jobs of `value(…)`. */
  readonly requests?: readonly unknown[];
  /** The schemas that Spark was asked for while the case was evaluated. */
  readonly asked?: readonly unknown[];
  readonly schema?: unknown;
  readonly rows?: readonly unknown[];
  readonly value?: unknown;
  /** The error's condition. */
  readonly error?: string;
  /** Whether pyspark refused it before asking Spark. */
  readonly isClient?: true;
}

export interface AreaOfCases {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly goldens: ReadonlyMap<string, Golden>;
}

/** Every area of `tests/conformance/cases` with what was recorded of it. */
export async function loadAreas(): Promise<AreaOfCases[]> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .toSorted();
  return Promise.all(
    names.map(async (name) => {
      const { cases } = (await import(join(folder, `${name}.ts`))) as { cases: readonly CaseEntry[] };
      const all = cases.map(toCase);
      const twice = all.find((one, i) => all.findIndex((other) => other.text === one.text) !== i);
      if (twice) throw new Error(`The area ${name} has a case twice.\nTake one away: ${twice.text}`);
      return { name, cases: all, goldens: readGoldens(name) };
    }),
  );
}

function readGoldens(area: string): Map<string, Golden> {
  const path = goldenPath(area);
  if (!existsSync(path)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, Golden>));
}

export function writeGoldens(area: string, goldens: ReadonlyMap<string, Golden>): void {
  const lines = Array.from(goldens, ([text, golden]) => `${JSON.stringify(text)}: ${JSON.stringify(golden)}`);
  writeFileSync(goldenPath(area), `{\n${lines.join(",\n")}\n}\n`);
}

function goldenPath(area: string): string {
  return join(folder, `${area}.golden.json`);
}
