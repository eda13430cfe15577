// Methods of GroupedData that run functions over groups. `sql` can't import this room, so they are added from here.
import type { Table } from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import { groupMap } from "../plan/python-udf.ts";
import type { DataFrame } from "../sql/dataframe.ts";
import { GroupedData } from "../sql/grouped-data.ts";
import { checkFunction } from "./captured-function.ts";
import { CoGroupedData } from "./cogrouped-data.ts";
import type { ResultRows } from "./dataframe-functions.ts";
import { rowSchema, type TypeLike } from "./return-type.ts";
import { namedColumns } from "./named-columns.ts";
import { rowFunction, takesKey } from "./row-functions.ts";
import type { RowFrame } from "./row-frame.ts";

/** The values of a group's keys, in the order of `groupBy`. */
export type GroupKey = unknown[];

/** A function over a group: of its table alone, or of its key and its table. */
type OverGroup<T, Result> = ((table: T) => Result) | ((key: GroupKey, table: T) => Result);

declare module "../sql/grouped-data.ts" {
  // @ts-expect-error The variance that the class declares can't be worked out by the compiler.
  interface GroupedData<S = any, Keys extends readonly unknown[] = any, IsPivot = any> {
    /**
     * Each group through a function, as an Arrow table; a group must fit in an executor's memory. Runs nothing; the
     * function is copied with the variables it uses as they are now.
     * @param f (table) => table, or (key, table) => table with the key's values in an array; the result has the
     *   columns of `schema`
     * @param schema of the results: "host string, n int", or a StructType
     * @example df.groupBy("host").applyInArrow((events) => events.slice(0, 1), "host string, n int")
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.GroupedData.applyInArrow.html
     */
    applyInArrow(f: (table: Table) => Table, schema: TypeLike): DataFrame;
    applyInArrow(f: (key: GroupKey, table: Table) => Table, schema: TypeLike): DataFrame;
    /**
     * {@link applyInArrow} with rows: where PySpark hands out a pandas frame, the function gets a {@link RowFrame}, and
     * gives an array of rows.
     * @example df.groupBy("host").applyInPandas((key: GroupKey, rows: RowFrame) => [{ host: key[0], n: rows.length }], "host string, n int")
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.GroupedData.applyInPandas.html
     */
    applyInPandas(f: (rows: RowFrame) => ResultRows, schema: TypeLike): DataFrame;
    applyInPandas(f: (key: GroupKey, rows: RowFrame) => ResultRows, schema: TypeLike): DataFrame;
    /**
     * These groups beside those of another frame with the same keys.
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.GroupedData.cogroup.html
     */
    cogroup(other: GroupedData): CoGroupedData;
  }
}

function applied(
  grouped: GroupedData,
  method: "applyInArrow" | "applyInPandas",
  fn: (...args: never[]) => unknown,
  schema: TypeLike,
): DataFrame {
  checkFunction(`${method}()`, fn, `df.groupBy("k").${method}((group) => …, "k string, n int")`);
  const { df, keys, isPivot } = grouped.grouping;
  if (isPivot) {
    throw new PlanError(
      `${method}() can't follow pivot().`,
      `Group by the column instead: df.groupBy(…).${method}(…)`,
    );
  }
  const made = rowFunction(df.sparkSession, {
    method,
    fn,
    shape: "group",
    returns: rowSchema(`${method}()`, schema),
    asRows: method === "applyInPandas",
    takesKey: takesKey(`${method}()`, fn, 1),
  });
  const { columns, known } = namedColumns(df);
  return df.derive((input) => groupMap(input, keys, made, columns), known);
}

const methods = {
  applyInArrow(this: GroupedData, f: OverGroup<Table, Table>, schema: TypeLike) {
    return applied(this, "applyInArrow", f, schema);
  },
  applyInPandas(this: GroupedData, f: OverGroup<RowFrame, ResultRows>, schema: TypeLike) {
    return applied(this, "applyInPandas", f, schema);
  },
  cogroup(this: GroupedData, other: GroupedData) {
    return new CoGroupedData(this, other);
  },
};

for (const [name, value] of Object.entries(methods))
  Object.defineProperty(GroupedData.prototype, name, { value, configurable: true, writable: true });
