import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The Parquet files of a local table, sorted by path; what lies beside the table isn't among them. */
export function tableFiles(lake: string): string[] {
  return readdirSync(lake, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".parquet") && !name.startsWith("_"))
    .toSorted()
    .map((name) => join(lake, name));
}

export interface DeadLetter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: string;
  readonly error: string;
  readonly key: string | null;
  readonly value: string;
}

/** The dead letters of a local table, in the order of their files. */
export function readDeadLetters(lake: string): DeadLetter[] {
  const folder = join(lake, "_dead_letters");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as DeadLetter);
}
