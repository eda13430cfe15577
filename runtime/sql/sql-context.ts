import { checkFrame } from "./frame/check-frame.ts";
import type { SqlFormats } from "./text/format-query.ts";
import { inspect } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import type { CreateTableOptions } from "./catalog/catalog.ts";
import { checkOptionalText } from "./check-text.ts";
import type { DataFrame } from "./dataframe.ts";
import type { DataFrameReader } from "./dataframe-reader.ts";
import { quotedName } from "./identifier.ts";
import type { SparkSession, SqlParameters } from "./spark-session.ts";
import { activeSession } from "./spark-session-builder.ts";
import type { StructType } from "./types.ts";

/**
 * The session under its name from Spark 1; every method is the session's.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.SQLContext.html
 */
export class SQLContext {
  /** That of the active session. @throws PlanError when no session is active */
  static getOrCreate(_sparkContext?: unknown): SQLContext {
    const session = activeSession();
    if (session) return session.sqlContext;
    throw new PlanError(
      "No session is active.",
      "Make one: `const spark = await SparkSession.builder.getOrCreate()`, then spark.sqlContext.",
    );
  }

  readonly sparkSession: SparkSession;

  constructor(sparkSession: SparkSession) {
    this.sparkSession = sparkSession;
  }

  /** One for a further session on the same engine; see {@link SparkSession.newSession}. */
  newSession(): SQLContext {
    return this.sparkSession.newSession().sqlContext;
  }

  /** Reads files and tables. */
  get read(): DataFrameReader {
    return this.sparkSession.read;
  }

  /** Gives functions of yours names in SQL. */
  get udf(): SparkSession["udf"] {
    return this.sparkSession.udf;
  }

  /** Gives functions of yours that make tables names in SQL. */
  get udtf(): SparkSession["udtf"] {
    return this.sparkSession.udtf;
  }

  /** Sets a setting of the session. @see RuntimeConfig.set */
  setConf(key: string, value: string | number | boolean): Job<void> {
    return this.sparkSession.conf.set(key, value);
  }

  /** The value of a setting. @see RuntimeConfig.get */
  getConf(key: string, defaultValue?: string | null): Job<string | null | undefined> {
    return this.sparkSession.conf.get(key, defaultValue);
  }

  /** A DataFrame of data of this process. @see SparkSession.createDataFrame */
  get createDataFrame(): SparkSession["createDataFrame"] {
    return this.sparkSession.createDataFrame.bind(this.sparkSession);
  }

  /** Numbers from `start` (0) up to `end`, without it. @see SparkSession.range */
  range(end: number): DataFrame<{ id: number }>;
  range(start: number, end: number, step?: number, numPartitions?: number): DataFrame<{ id: number }>;
  range(first: number, ...more: [number, number?, number?] | []): DataFrame<{ id: number }> {
    return this.sparkSession.range(first, ...(more as [number]));
  }

  /** The result of SQL text. @see SparkSession.sql */
  sql(text: string, args?: SqlParameters | null, formats?: SqlFormats): DataFrame {
    return this.sparkSession.sql(text, args, formats);
  }

  /** A table or view by its name. @see SparkSession.table */
  table(name: string): DataFrame {
    return this.sparkSession.table(name);
  }

  /** The tables and views of a database, as rows: namespace, tableName, isTemporary. */
  tables(dbName?: string): DataFrame {
    const name = checkOptionalText(dbName, "tables(dbName)", 'sqlContext.tables("default")');
    return this.sparkSession.sql(name === undefined ? "SHOW TABLES" : `SHOW TABLES IN ${quotedName(name)}`);
  }

  /** The names of the tables and views of a database. */
  tableNames(dbName?: string): Job<string[]> {
    const tables = this.sparkSession.catalog.listTables(dbName);
    return this.sparkSession.query(async () => (await tables).map(({ name }) => name));
  }

  /** Registers a DataFrame as a temp view, replacing one of that name. */
  registerDataFrameAsTable(df: DataFrame, name: string): ReturnType<DataFrame["registerTempTable"]> {
    checkFrame(df, this.sparkSession);
    return df.registerTempTable(name);
  }

  /** Removes a temp view; gives whether there was one. @see Catalog.dropTempView */
  dropTempTable(tableName: string): Job<boolean> {
    return this.sparkSession.catalog.dropTempView(tableName);
  }

  /** Makes a table of files that are there already. @see Catalog.createTable */
  createExternalTable(
    tableName: string,
    path?: string | CreateTableOptions,
    source?: string,
    schema?: StructType | string,
  ): DataFrame {
    return this.sparkSession.catalog.createExternalTable(tableName, path, source, schema);
  }

  /** Keeps a table's rows in memory from their first use on. @see Catalog.cacheTable */
  cacheTable(tableName: string): Job<void> {
    return this.sparkSession.catalog.cacheTable(tableName);
  }

  /** Lets go of the rows of a table. @see Catalog.uncacheTable */
  uncacheTable(tableName: string): Job<void> {
    return this.sparkSession.catalog.uncacheTable(tableName);
  }

  /** Lets go of the rows of all tables. @see Catalog.clearCache */
  clearCache(): Job<void> {
    return this.sparkSession.catalog.clearCache();
  }

  /** Gives a function of yours a name in SQL. @see UDFRegistration.register */
  registerFunction(
    ...args: Parameters<SparkSession["udf"]["register"]>
  ): ReturnType<SparkSession["udf"]["register"]> {
    return this.sparkSession.udf.register(...args);
  }

  /** Gives a Java function of the server a name in SQL. @see UDFRegistration.registerJavaFunction */
  registerJavaFunction(
    ...args: Parameters<SparkSession["udf"]["registerJavaFunction"]>
  ): ReturnType<SparkSession["udf"]["registerJavaFunction"]> {
    return this.sparkSession.udf.registerJavaFunction(...args);
  }

  [inspect.custom](): string {
    return "SQLContext {}";
  }
}
