import type { Table } from "apache-arrow";
import { missingColumn } from "./missing-column.ts";

/** A DataFrame of an engine, known by its `toArrow`; this room doesn't depend on the one that makes them. */
export interface SparkFrame {
  toArrow(): Promise<Table>;
  select?(...columns: string[]): SparkFrame;
  schema?(): Promise<{ fields: readonly { name: string }[] }>;
}

export function isSparkFrame(data: unknown): data is SparkFrame {
  return typeof (data as Partial<SparkFrame> | null | undefined)?.toArrow === "function";
}

/** Brings the `needed` columns here, after checking that they are there. Runs a job. */
export async function fetchFrame(
  frame: SparkFrame,
  needed: readonly string[],
  where: string,
): Promise<Table> {
  if (frame.select === undefined || frame.schema === undefined) return frame.toArrow();
  const names = (await frame.schema()).fields.map((field) => field.name);
  for (const name of needed) if (!names.includes(name)) throw missingColumn(name, names, where);
  const quoted = [...new Set(needed)].map((name) =>
    /^\w+$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``,
  );
  return frame.select(...quoted).toArrow();
}
