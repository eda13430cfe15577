import { DataType, type Table, tableFromIPC, tableToIPC } from "apache-arrow";
import type { DataFrame } from "nodejs-polars";
import { PlanError } from "../connect/plan-error.ts";

/** A data frame in this process, of nodejs-polars. */
export type LocalFrame = DataFrame;

/**
 * An Arrow table as a local data frame.
 * @throws PlanError for columns that it has no way to name: two of one name, or one without
 */
export async function localFrame(table: Table): Promise<LocalFrame> {
  const names = table.schema.fields.map((field) => field.name);
  const repeated = names.find((name, i) => name === "" || names.indexOf(name) !== i);
  if (repeated !== undefined) {
    const what = repeated === "" ? "a column has no name" : `two columns are called \`${repeated}\``;
    throw new PlanError(
      `A local data frame can't hold this: ${what} in [${names.join(", ")}].`,
      `Rename them by position first: df.toDF(${names.map((_, i) => `"c${i + 1}"`).join(", ")})`,
    );
  }
  // Its native library takes a while to load, so only who needs it does.
  const { default: polars } = await import("nodejs-polars");
  try {
    return polars.readIPCStream(Buffer.from(tableToIPC(table, "stream")));
  } catch (error) {
    const reason = /ErrString\("(.*?)"\)/.exec((error as Error).message)?.[1] ?? (error as Error).message;
    const intervals = table.schema.fields.filter(({ type }) => DataType.isInterval(type));
    const columns = intervals.map(({ name }) => `\`${name}\``).join(", ");
    throw new PlanError(
      `A local data frame can't hold this: ${columns ? `${columns} is an interval of months; ` : ""}${reason}.`,
      'Cast it first: df.withColumn("x", col("x").cast("string")); or take rows, df.collect(), or df.toArrow().',
      { cause: error },
    );
  }
}

/** Whether it is a nodejs-polars frame, also one of another copy of that package. */
export function isLocalFrame(value: unknown): value is LocalFrame {
  // Frames are proxies, which answer for their methods but not to `in`.
  return typeof value === "object" && typeof (value as LocalFrame | null)?.writeIPCStream === "function";
}

/** The frame as an Arrow table. */
export function tableOfFrame(frame: LocalFrame): Table {
  return tableFromIPC(frame.writeIPCStream());
}
