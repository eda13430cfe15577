// Methods of DataFrame that run functions over its rows. `sql` can't import this room, so they are added from here.
import type { RecordBatch, Table } from "apache-arrow";
import type { Job } from "../jobs/index.ts";
import type { StructJson } from "../plan/data-type.ts";
import { mapBatches } from "../plan/python-udf.ts";
import { DataFrame } from "../sql/dataframe.ts";
import type { Row } from "../sql/row.ts";
import { checkFunction } from "./captured-function.ts";
import type { FunctionSpec } from "./function-spec.ts";
import { rowSchema, type TypeLike } from "./return-type.ts";
import { namedColumns } from "./named-columns.ts";
import { rowFunction } from "./row-functions.ts";
import type { RowFrame } from "./row-frame.ts";

/** What a function over batches gives, one after the other. */
type Batches = Iterable<RecordBatch | Table>;
/** Rows as arrays by position, or as objects by name. */
export type ResultRows = Iterable<object>;

declare module "../sql/dataframe.ts" {
  // The class's own parameters must be repeated to be merged with.
  interface Frame<S = any> {
    /**
     * Each partition's rows through a function, in Arrow batches as they come: memory stays bounded. Runs nothing;
     * the function is copied with the variables it uses as they are now.
     * @param f gets an iterator over Arrow record batches, and yields batches or tables with the columns of `schema`
     * @param schema of what it yields: "host string, n int", or a StructType
     * @example df.mapInArrow(function* (batches) { for (const b of batches) if (b.numRows > 0) yield b; }, "n int")
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.mapInArrow.html
     */
    mapInArrow(f: (batches: Iterable<RecordBatch>) => Batches, schema: TypeLike): DataFrame;
    /**
     * {@link mapInArrow} with rows: where PySpark hands out pandas frames, the function gets {@link RowFrame}s, and
     * yields arrays of rows.
     * @example df.mapInPandas(function* (frames) { for (const f of frames) yield f.filter((r) => r.n > 1); }, "n int")
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.mapInPandas.html
     */
    mapInPandas(f: (frames: Iterable<RowFrame>) => Iterable<ResultRows>, schema: TypeLike): DataFrame;
    /**
     * Calls a function with each row, on the executors, for what it does there. Runs a job.
     * What it prints appears here where the engine runs on this machine; variables it changes stay there.
     * @throws ClosureError when the function can't be sent, or throws
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.foreach.html
     */
    foreach(f: (row: Row<S>) => void): Job<void>;
    /**
     * {@link foreach} with an iterator over each partition's rows; partitions without rows are left out.
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.foreachPartition.html
     */
    foreachPartition(f: (rows: Iterable<Row<S>>) => void): Job<void>;
  }
}

type Options = Pick<FunctionSpec, "asRows" | "each">;

function mapped(
  df: DataFrame,
  method: string,
  fn: (...args: never[]) => unknown,
  returns: StructJson,
  options: Options,
): DataFrame {
  const made = rowFunction(df.sparkSession, { method, fn, shape: "batches", returns, ...options });
  const { columns, known } = namedColumns(df);
  return df.derive((input) => mapBatches(input, made, columns), known);
}

const nothing: StructJson = { type: "struct", fields: [{ name: "done", type: "boolean", nullable: true }] };

/** A frame whose job calls a function with each row, or each partition's rows. */
export function eachOf(
  df: DataFrame,
  method: "foreach" | "foreachPartition",
  fn: (...args: never[]) => unknown,
): DataFrame {
  return mapped(df, method, fn, nothing, { each: method === "foreach" ? "row" : "partition" });
}

function forEach(
  df: DataFrame,
  method: "foreach" | "foreachPartition",
  fn: (...args: never[]) => unknown,
): Job<void> {
  checkFunction(`${method}()`, fn, `df.${method}(${method === "foreach" ? "(row)" : "(rows)"} => …)`);
  const result = eachOf(df, method, fn);
  return result.query(async (client, signal) => {
    for await (const batch of client.batches(result.relation, { signal })) void batch;
  });
}

const methods = {
  mapInArrow(this: DataFrame, f: (batches: Iterable<RecordBatch>) => Batches, schema: TypeLike): DataFrame {
    checkFunction("mapInArrow()", f, 'df.mapInArrow((batches) => batches, "n int")');
    return mapped(this, "mapInArrow", f, rowSchema("mapInArrow()", schema), {});
  },
  mapInPandas(this: DataFrame, f: (frames: Iterable<RowFrame>) => Iterable<ResultRows>, schema: TypeLike) {
    checkFunction("mapInPandas()", f, 'df.mapInPandas((frames) => frames, "n int")');
    return mapped(this, "mapInPandas", f, rowSchema("mapInPandas()", schema), { asRows: true });
  },
  foreach(this: DataFrame, f: (row: Row) => void): Job<void> {
    return forEach(this, "foreach", f);
  },
  foreachPartition(this: DataFrame, f: (rows: Iterable<Row>) => void): Job<void> {
    return forEach(this, "foreachPartition", f);
  },
};

for (const [name, value] of Object.entries(methods))
  Object.defineProperty(DataFrame.prototype, name, { value, configurable: true, writable: true });
