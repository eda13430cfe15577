import { inspect } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import { call, type Expression } from "../plan/expression.ts";
import { fill, project, sqlQuery, tableFunction } from "../plan/relation.ts";
import { type ColumnOrName, columnExpression } from "./column-name.ts";
import { DataFrame } from "./dataframe.ts";
import type { SparkSession } from "./spark-session.ts";

/**
 * Functions that give tables: `spark.tvf`. Each builds a plan and runs nothing.
 * @example spark.tvf.explode(array(lit(1), lit(2))).show()
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/tvf.html
 */
export class TableValuedFunction {
  readonly #session: SparkSession;

  /** Use `spark.tvf`. */
  constructor(session: SparkSession) {
    this.#session = session;
  }

  /** Numbers in a column `id`; see {@link SparkSession.range}. */
  range(end: number): DataFrame;
  range(start: number, end: number, step?: number, numPartitions?: number): DataFrame;
  range(first: number, end?: number, step?: number, numPartitions?: number): DataFrame {
    return end === undefined
      ? this.#session.range(first)
      : this.#session.range(first, end, step, numPartitions);
  }

  /** One row for each element of an array, in `col`, or each entry of a map, in `key` and `value`. */
  explode(collection: ColumnOrName): DataFrame {
    return this.#table("explode", collection);
  }
  /** {@link explode}, with one row of null for an empty or null collection. */
  explodeOuter(collection: ColumnOrName): DataFrame {
    return this.#table("explode_outer", collection);
  }
  /** One row for each struct of an array, its fields as columns. */
  inline(input: ColumnOrName): DataFrame {
    return this.#table("inline", input);
  }
  /** {@link inline}, with one row of nulls for an empty or null array. */
  inlineOuter(input: ColumnOrName): DataFrame {
    return this.#table("inline_outer", input);
  }
  /** The named fields of a JSON text, in `c0`, `c1` and so on. */
  jsonTuple(input: ColumnOrName, ...fields: ColumnOrName[]): DataFrame {
    if (fields.length === 0) {
      throw new PlanError(
        "jsonTuple() was given no field.",
        'Name them: spark.tvf.jsonTuple(json, lit("host"))',
      );
    }
    return this.#table("json_tuple", input, ...fields);
  }
  /** {@link explode} with the position from 0 in `pos`. */
  posexplode(collection: ColumnOrName): DataFrame {
    return this.#table("posexplode", collection);
  }
  /** {@link posexplode}, with one row of nulls for an empty or null collection. */
  posexplodeOuter(collection: ColumnOrName): DataFrame {
    return this.#table("posexplode_outer", collection);
  }
  /** The values spread over `n` rows. */
  stack(n: ColumnOrName, ...fields: ColumnOrName[]): DataFrame {
    return this.#table("stack", n, ...fields);
  }
  /** The collations that the engine has. */
  collations(): DataFrame {
    return this.#table("collations");
  }
  /** SQL's keywords, and whether each is reserved. */
  sqlKeywords(): DataFrame {
    return this.#table("sql_keywords");
  }
  /** One row for each element of a VARIANT that is an object or array, in `pos`, `key`, `value`. */
  variantExplode(input: ColumnOrName): DataFrame {
    return this.#table("variant_explode", input);
  }
  /** {@link variantExplode}, with one row of nulls where there is nothing. */
  variantExplodeOuter(input: ColumnOrName): DataFrame {
    return this.#table("variant_explode_outer", input);
  }
  /** What Python workers logged in this session, where Spark is told to keep it. */
  pythonWorkerLogs(): DataFrame {
    return this.#table("python_worker_logs");
  }

  [inspect.custom](): string {
    return "TableValuedFunction {}";
  }

  #table(name: string, ...columns: ColumnOrName[]): DataFrame {
    const args = columns.map(columnExpression);
    const relation = tableFunction(name, args);
    if (this.#session.engine.name !== "sail") return new DataFrame(this.#session, relation);
    // Sail knows these functions in SELECT and FROM of SQL alone: over one row they are the same.
    const check = () => {
      if (relation.relType.case === "unresolvedTableValuedFunction") fill(relation, overOneRow(name, args));
      return Promise.resolve();
    };
    return new DataFrame(this.#session, relation, [{ check }]);
  }
}

function overOneRow(name: string, args: Expression[]) {
  return args.length === 0
    ? sqlQuery(`SELECT * FROM ${name}()`)
    : project(sqlQuery("SELECT 1"), [call(name, args)]);
}
