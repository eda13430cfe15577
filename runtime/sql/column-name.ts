import { PlanError } from "../connect/plan-error.ts";
import { attribute, type Expression, star } from "../plan/expression.ts";
import { shown } from "./argument-error.ts";
import { Column } from "./column.ts";

/** What a method takes where a column stands: a Column, or its name. */
export type ColumnOrName = Column | string;

/** The expression of a column given by itself or by name; `*` and `t.*` are every column. */
export function columnExpression(column: ColumnOrName): Expression {
  if (column instanceof Column) return column.expression;
  if (typeof column === "boolean") {
    throw new PlanError(
      `A column was expected, not ${column}: JavaScript compared the two sides itself.`,
      'Compare with methods, col("n").eq(1), or in SQL, df.filter("n = 1").',
    );
  }
  if (typeof column !== "string" || column === "") {
    const text = typeof column === "object" ? shown(column) : String(column as unknown);
    const given = column === "" ? "an empty name" : `${typeof column} (${text})`;
    throw new PlanError(
      `A column was expected, not ${given}.`,
      'Pass a name, "host", or a Column, col("host").',
    );
  }
  if (column === "*") return star();
  return column.endsWith(".*") ? star(column) : attribute(column);
}
