// How local frames and Arrow tables show themselves in a notebook.
import { type Table } from "apache-arrow";
import { displayRows, type MimeBundle } from "./display-rows.ts";
import { isLocalFrame, tableOfFrame } from "./local-frame.ts";

/** Rows of a table under a cell. */
const shown = 20;

/**
 * The first 20 rows of a nodejs-polars frame or an Arrow table, as a DataFrame shows its own: by MIME type, HTML and
 * text, with every digit of 64-bit integers and all of the data as text. What the package's own display gives isn't
 * taken, because it rounds such integers.
 * @returns undefined for other values, and for a frame with a type that Arrow's reader doesn't know
 */
export function localDisplay(value: unknown): MimeBundle | undefined {
  try {
    if (isLocalFrame(value)) return displayRows(tableOfFrame(value.limit(shown + 1)), shown, value.height);
    if (isArrowTable(value)) return displayRows(value.slice(0, shown + 1), shown, value.numRows);
  } catch {
    return undefined;
  }
  return undefined;
}

// Also one of another copy of the package.
function isArrowTable(value: unknown): value is Table {
  const { batches, schema, numRows } = (value ?? {}) as Partial<Table>;
  return Array.isArray(batches) && Array.isArray(schema?.fields) && typeof numRows === "number";
}
