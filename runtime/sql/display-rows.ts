// How a DataFrame shows itself in a notebook.
import { type Float, type Table, Type } from "apache-arrow";
import { valuesOf } from "./arrow-rows.ts";
import { formatFloat, formatValue } from "./format-value.ts";

/** Representations of a value by MIME type. */
export type MimeBundle = Record<string, string>;

/** Characters of a cell; longer ones are cut, with an ellipsis. */
const maxCell = 200;

/**
 * The first rows as a table, HTML and text. Everything from the data is text, never markup.
 * @param shown how many rows; one more in `table` means that there are others
 * @param total how many rows there are, where that is known
 */
export function displayRows(table: Table, shown: number, total?: number): MimeBundle {
  const names = table.schema.fields.map((field) => field.name);
  const count = Math.min(table.numRows, shown);
  const columns = names.map((_, i) => {
    const vector = table.getChildAt(i)!.slice(0, count);
    const type = vector.type as Float;
    const isSingle = type.precision === 1;
    const format = (value: unknown) =>
      (type.typeId as Type) === Type.Float && typeof value === "number"
        ? formatFloat(value, isSingle)
        : formatValue(value);
    return { isNumber: isNumber(String(type)), cells: valuesOf(vector).map((value) => cut(format(value))) };
  });
  const rest = total === undefined ? `of ≥ ${shown + 1} rows; df.count() for the total` : `of ${total} rows`;
  const note =
    table.numRows > shown ? `showing ${shown} ${rest}` : `${count} ${count === 1 ? "row" : "rows"}`;
  return { "text/html": html(names, columns, count, note), "text/plain": text(names, columns, count, note) };
}

interface ShownColumn {
  readonly isNumber: boolean;
  readonly cells: readonly string[];
}

function isNumber(arrowType: string): boolean {
  return /^(u?int|float|decimal)/i.test(arrowType);
}

function cut(value: string): string {
  return value.length <= maxCell ? value : `${value.slice(0, maxCell - 1)}…`;
}

function html(
  names: readonly string[],
  columns: readonly ShownColumn[],
  count: number,
  note: string,
): string {
  const align = columns.map(({ isNumber }) => `style="text-align: ${isNumber ? "right" : "left"}"`);
  const head = names.map((name, i) => `<th ${align[i]}>${escape(name)}</th>`).join("");
  const rows = Array.from({ length: count }, (_, row) => {
    const cells = columns.map(({ cells }, i) => `<td ${align[i]}>${escape(cells[row])}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  return (
    `<table class="dataframe"><thead><tr>${head}</tr></thead>\n<tbody>${rows.join("\n")}</tbody></table>\n` +
    `<p>${escape(note)}</p>`
  );
}

function text(
  names: readonly string[],
  columns: readonly ShownColumn[],
  count: number,
  note: string,
): string {
  const widths = columns.map(({ cells }, i) =>
    Math.max(names[i].length, 3, ...cells.map((cell) => cell.length)),
  );
  const rule = `+${widths.map((width) => "-".repeat(width)).join("+")}+`;
  const line = (cells: readonly string[]) =>
    `|${cells.map((cell, i) => cell.padStart(widths[i])).join("|")}|`;
  const rows = Array.from({ length: count }, (_, row) => line(columns.map(({ cells }) => cells[row])));
  return [rule, line(names), rule, ...rows, rule, note].join("\n");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character]);
}
