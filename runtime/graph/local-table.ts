import { tableFromIPC, type Table } from "apache-arrow";
import { ArrowColumn } from "./arrow-column.ts";
import type { Column } from "./column.ts";
import { missingColumn } from "./missing-column.ts";
import { PlotError } from "./plot-error.ts";
import { ValuesColumn } from "./values-column.ts";

/** A nodejs-polars DataFrame, as far as plotting needs it. */
export interface PolarsFrame {
  readonly columns: string[];
  readonly height: number;
  select(...columns: string[]): PolarsFrame;
  writeIPC(): Uint8Array;
}

/** Data that is in this process: a polars frame, an Arrow table, or an array of plain rows. */
export type LocalData = PolarsFrame | Table | readonly object[];

/** Columns of local data by name; reading one that isn't there throws, naming it and close ones. */
export interface LocalTable {
  readonly rowCount: number;
  column(name: string): Column;
}

/** Opens `data`, of which `needed` are read; `where` is its part in the graph, for errors. */
export function openTable(data: unknown, needed: readonly string[], where: string): LocalTable {
  if (Array.isArray(data)) return openRows(data as object[], where);
  if (isPolars(data)) return openPolars(data, needed, where);
  if (isArrow(data)) return openArrow(data, where);
  throw new PlotError(
    `The ${where} are ${kindOf(data)}, which can't be plotted.`,
    "Pass a Spark DataFrame, a local frame (await df.toPandas()), an Arrow table or an array of row objects.",
  );
}

function openRows(rows: readonly object[], where: string): LocalTable {
  const odd = rows.findIndex((row) => typeof row !== "object" || row === null);
  if (odd >= 0) {
    throw new PlotError(
      `Row ${odd} of the ${where} is ${kindOf(rows[odd])}, not an object.`,
      'Pass rows such as { src: "a", dst: "b" }.',
    );
  }
  return {
    rowCount: rows.length,
    column(name) {
      if (rows.length > 0 && !rows.some((row) => name in row)) {
        throw missingColumn(name, [...new Set(rows.slice(0, 1000).flatMap(Object.keys))], where);
      }
      return new ValuesColumn(rows.length, (row) => (rows[row] as Record<string, unknown>)[name]);
    },
  };
}

function openPolars(frame: PolarsFrame, needed: readonly string[], where: string): LocalTable {
  const names = frame.columns;
  for (const name of needed) if (!names.includes(name)) throw missingColumn(name, names, where);
  return openArrow(tableFromIPC(frame.select(...new Set(needed)).writeIPC()), where);
}

function openArrow(table: Table, where: string): LocalTable {
  return {
    rowCount: table.numRows,
    column(name) {
      const vector = table.getChild(name);
      if (vector === null)
        throw missingColumn(
          name,
          table.schema.fields.map((field) => String(field.name)),
          where,
        );
      return new ArrowColumn(vector);
    },
  };
}

function isPolars(data: unknown): data is PolarsFrame {
  const frame = data as Partial<PolarsFrame> | null | undefined;
  return typeof frame?.writeIPC === "function" && Array.isArray(frame.columns);
}

function isArrow(data: unknown): data is Table {
  const table = data as Partial<Table> | null | undefined;
  return typeof table?.getChild === "function" && Array.isArray(table.schema?.fields);
}

function kindOf(data: unknown): string {
  if (data === null || data === undefined) return String(data);
  if (typeof data !== "object") return `a ${typeof data}`;
  return data instanceof Promise
    ? "a promise (await it)"
    : `an object of class ${data.constructor?.name ?? "null"}`;
}
