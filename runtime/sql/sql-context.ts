import { inspect } from "node:util";
import type { DataFrame } from "./dataframe.ts";
import type { DataFrameReader } from "./dataframe-reader.ts";
import type { RelationSource } from "./relation-source.ts";
import type { LocalRow } from "./local-rows.ts";
import type { SparkSession, SqlParameters } from "./spark-session.ts";
import type { StructType } from "./types.ts";

/**
 * The session under its name from Spark 1; every method is the session's.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SQLContext.html
 */
export class SQLContext {
  readonly sparkSession: SparkSession;

  constructor(sparkSession: SparkSession) {
    this.sparkSession = sparkSession;
  }

  /** Reads files and tables. */
  get read(): DataFrameReader {
    return this.sparkSession.read;
  }

  /** @see SparkSession.createDataFrame */
  createDataFrame(
    data: readonly LocalRow[] | RelationSource,
    schema?: string | StructType | readonly string[],
  ): DataFrame {
    return this.sparkSession.createDataFrame(data, schema);
  }

  /** @see SparkSession.sql */
  sql(text: string, args?: SqlParameters): DataFrame {
    return this.sparkSession.sql(text, args);
  }

  /** @see SparkSession.table */
  table(name: string): DataFrame {
    return this.sparkSession.table(name);
  }

  /** Registers a DataFrame as a temp view, replacing one of that name. */
  registerDataFrameAsTable(df: DataFrame, name: string): ReturnType<DataFrame["registerTempTable"]> {
    return df.registerTempTable(name);
  }

  [inspect.custom](): string {
    return "SQLContext {}";
  }
}
