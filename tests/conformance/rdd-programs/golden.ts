// What was recorded: one file for each area, one line for each program.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "./program.ts";

const folder = join(import.meta.dirname, "programs");

export interface Golden {
  /** The text that gave it. */
  readonly python: string;
  readonly value?: unknown;
  /** The exception's class, and its first line. */
  readonly raises?: string;
}

export interface Area {
  readonly name: string;
  readonly programs: readonly Program[];
  readonly goldens: ReadonlyMap<string, Golden>;
}

/** Every area of programs with what was recorded of it. */
export async function loadAreas(): Promise<Area[]> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .toSorted();
  return Promise.all(
    names.map(async (name) => {
      const { programs } = (await import(join(folder, `${name}.ts`))) as { programs: readonly Program[] };
      const twice = programs.find((one, i) => programs.findIndex((other) => other.name === one.name) !== i);
      if (twice) throw new Error(`The area ${name} has two programs "${twice.name}".\nRename one.`);
      return { name, programs, goldens: readGoldens(name) };
    }),
  );
}

function readGoldens(area: string): Map<string, Golden> {
  const path = goldenPath(area);
  if (!existsSync(path)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, Golden>));
}

export function writeGoldens(area: string, goldens: ReadonlyMap<string, Golden>): void {
  const lines = Array.from(goldens, ([name, golden]) => `${JSON.stringify(name)}: ${JSON.stringify(golden)}`);
  writeFileSync(goldenPath(area), `{\n${lines.join(",\n")}\n}\n`);
}

function goldenPath(area: string): string {
  return join(folder, `${area}.golden.json`);
}
