import type { Table } from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import { coGroupMap } from "../plan/python-udf.ts";
import type { DataFrame } from "../sql/dataframe.ts";
import { GroupedData } from "../sql/grouped-data.ts";
import { cogroupOfUnion } from "./cogroup-of-union.ts";
import { checkFunction } from "./captured-function.ts";
import { rowSchema, type TypeLike } from "./return-type.ts";
import { rowFunction, takesKey } from "./row-functions.ts";
import type { RowFrame } from "./row-frame.ts";

type Tables<T, Result> = (left: T, right: T) => Result;
type KeyAndTables<T, Result> = (key: unknown[], left: T, right: T) => Result;

/**
 * The groups of two frames side by side, by key. Made by `groupBy().cogroup()`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.PandasCogroupedOps.html
 */
export class CoGroupedData {
  readonly #left: GroupedData;
  readonly #right: GroupedData;

  constructor(left: GroupedData, right: GroupedData) {
    if (!(right instanceof GroupedData)) {
      throw new PlanError(
        `cogroup() was given ${right === null ? "null" : typeof right}, not groups.`,
        'Group the other frame too: a.groupBy("k").cogroup(b.groupBy("k"))',
      );
    }
    this.#left = left;
    this.#right = right;
    const [here, there] = [left.grouping.keys.length, right.grouping.keys.length];
    if (here === there) return;
    throw new PlanError(`cogroup() of ${here} keys with ${there}.`, "Group both frames by as many columns.");
  }

  /**
   * Both groups of each key through a function, as Arrow tables; a key that only one side has comes with an empty
   * table of the other. Runs nothing.
   * @param f (left, right) => table, or (key, left, right) => table; the result has the columns of `schema`
   * @example a.groupBy("k").cogroup(b.groupBy("k")).applyInArrow((l, r) => (r.numRows ? l : l.slice(0, 0)), "k int, v int")
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.PandasCogroupedOps.applyInArrow.html
   */
  applyInArrow(f: Tables<Table, Table>, schema: TypeLike): DataFrame;
  applyInArrow(f: KeyAndTables<Table, Table>, schema: TypeLike): DataFrame;
  applyInArrow(f: (...args: never[]) => Table, schema: TypeLike): DataFrame {
    return this.#apply("applyInArrow", f, schema);
  }

  /**
   * {@link applyInArrow} with {@link RowFrame}s in place of tables, and an array of rows as the result.
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.PandasCogroupedOps.applyInPandas.html
   */
  applyInPandas(f: Tables<RowFrame, Iterable<object>>, schema: TypeLike): DataFrame;
  applyInPandas(f: KeyAndTables<RowFrame, Iterable<object>>, schema: TypeLike): DataFrame;
  applyInPandas(f: (...args: never[]) => Iterable<object>, schema: TypeLike): DataFrame {
    return this.#apply("applyInPandas", f, schema);
  }

  #apply(
    method: "applyInArrow" | "applyInPandas",
    fn: (...args: never[]) => unknown,
    schema: TypeLike,
  ): DataFrame {
    checkFunction(`${method}()`, fn, `….cogroup(…).${method}((left, right) => …, "k string, n int")`);
    const [left, right] = [this.#left.grouping, this.#right.grouping];
    const isOfUnion = left.df.sparkSession.engine.name === "sail";
    const made = rowFunction(left.df.sparkSession, {
      method,
      fn,
      shape: "cogroup",
      isOfUnion,
      returns: rowSchema(`${method}()`, schema),
      asRows: method === "applyInPandas",
      takesKey: takesKey(`${method}()`, fn, 2),
    });
    if (isOfUnion) return cogroupOfUnion(left, right, made);
    return left.df.derive(
      (input) => coGroupMap([input, left.keys], [right.df.relation, right.keys], made),
      right.df,
    );
  }
}
