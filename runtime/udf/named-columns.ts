import { attribute, type Expression } from "../plan/expression.ts";
import { DataFrame } from "../sql/dataframe.ts";
import type { Prerequisite } from "../sql/prerequisite.ts";

/** The columns of a frame as arguments of a function, and what makes them known. */
interface NamedColumns {
  /** Empty until the first job, which asks for the schema before. */
  readonly columns: Expression[];
  /** A frame on whose prerequisites the derived one must wait. */
  readonly known: DataFrame;
}

/**
 * Every column by its name: functions get the columns that they are called with, and neither engine takes `*` for
 * groups. PySpark asks for the schema when the plan is made; here the first job does.
 */
export function namedColumns(df: DataFrame): NamedColumns {
  const columns: Expression[] = [];
  const check: Prerequisite["check"] = async (client) => {
    if (columns.length > 0) return;
    const { kind } = await client.schema(df.relation);
    const fields = kind.case === "struct" ? kind.value.fields : [];
    if (columns.length > 0) return; // another job asked meanwhile
    columns.push(...fields.map(({ name }) => attribute(`\`${name.replaceAll("`", "``")}\``)));
  };
  return { columns, known: new DataFrame(df.sparkSession, df.relation, [{ check }]) };
}
