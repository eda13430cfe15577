import { inspect } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import type { ConnectClient } from "../connect/client.ts";
import { SparkError } from "../connect/spark-error.ts";
import {
  fill,
  parseText,
  readFiles,
  readSource,
  readTable,
  type Relation,
  tableChanges,
} from "../plan/relation.ts";
import { argumentError } from "./argument-error.ts";
import { checkText } from "./check-text.ts";
import { DataFrame } from "./dataframe.ts";
import { wellFormed } from "../connect/well-formed.ts";
import { enginePath } from "./engine-path.ts";
import { findPaths } from "./io/find-paths.ts";
import { mergedSchema } from "./merged-schema.ts";
import { checkOptions, type Options, type OptionValue, setOption, withoutValue } from "./option-value.ts";
import { parseDDL } from "./parse-ddl.ts";
import type { Prerequisite } from "./prerequisite.ts";
import type { SparkSession } from "./spark-session.ts";
import { typeMessage } from "./type-message.ts";
import type { Read } from "./typed/ddl.ts";
import { StructType } from "./types.ts";

/** Options of a format by name, and the schema; see Spark's page of the format. */
export interface ReadOptions {
  /** The schema, instead of the one that the files say: DDL or a StructType. */
  readonly schema?: string | StructType;
  readonly [option: string]: OptionValue | StructType;
}

/** The further arguments of {@link DataFrameReader.load} by name. */
export interface LoadOptions extends ReadOptions {
  readonly format?: string;
}

/** The further arguments of {@link DataFrameReader.jdbc} by name. */
export interface JdbcReadOptions {
  /** A column of numbers, dates or timestamps, by which the rows are read in parts. */
  readonly column?: string;
  readonly lowerBound?: number | bigint | string;
  readonly upperBound?: number | bigint | string;
  readonly numPartitions?: number;
  /** SQL conditions, each of which is one part. */
  readonly predicates?: readonly string[];
  /** Such as `{ user: "reader", password: … }`. */
  readonly properties?: Options;
}

type Paths = string | readonly string[];

/**
 * Reads files and tables: `spark.read`. Reading is lazy: a missing file is an error of the first action.
 * Paths are the engine's: relative ones start at the notebook's folder on an engine of this machine.
 * @example spark.read.csv("events.csv", { header: true, schema: "host string, n int" })
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/io.html
 */
export class DataFrameReader<S = any> {
  readonly #session: SparkSession;
  readonly #options: Record<string, string> = {};
  #format: string | undefined;
  /** As it was given: DDL, or Spark's JSON of a StructType; "" for none. */
  #schema = "";
  #struct: StructType | undefined;

  constructor(session: SparkSession) {
    this.#session = session;
  }

  /** "parquet", "csv", "json", "text", "orc" or what else the engine reads. Default: parquet. */
  format(source: string): this {
    this.#format = checkText(source, "format(source)", 'spark.read.format("csv")');
    return this;
  }

  /**
   * The schema, instead of the one that the files say: DDL or a StructType.
   * @throws PlanError for DDL that can't be parsed
   */
  schema<const D extends string | StructType>(schema: D): DataFrameReader<Read<any, D>> {
    if (schema instanceof StructType) {
      this.#struct = schema;
      this.#schema = schema.json();
    } else {
      const text = checkText(schema, "schema(schema)", 'spark.read.schema("host string, n int")');
      this.#struct = parseDDL(text);
      this.#schema = text;
    }
    return this as DataFrameReader;
  }

  /** An option of the format; null takes it back. */
  option(key: string, value: OptionValue): this {
    if (arguments.length < 2) throw withoutValue("option", key);
    setOption(this.#options, key, value);
    return this;
  }

  /** {@link option} for several at once. */
  options(options: Options): this {
    if (options === undefined)
      throw argumentError("options", options, "an object: .options({ header: true })");
    for (const [name, value] of Object.entries(checkOptions(options, "options"))) this.option(name, value);
    return this;
  }

  /**
   * Reads one or more files or folders in the chosen format, or, without a path, what the options say.
   * @example spark.read.load("events", { format: "csv", header: true })
   */
  load<const D extends LoadOptions = never>(path?: Paths | null, options?: D): DataFrame<Read<S, D>>;
  load<const D extends string | StructType = never>(
    path: Paths | null | undefined,
    format: string,
    schema?: D,
    options?: Options,
  ): DataFrame<Read<S, D>>;
  load(
    path?: Paths | null,
    format?: string | LoadOptions,
    schema?: string | StructType,
    options?: Options,
  ): any {
    if (typeof format === "object" && format !== null) {
      const { format: name, ...rest } = format;
      if (name !== undefined) this.format(name);
      return this.#set(rest, "load").load(path);
    }
    if (format !== undefined && format !== null) this.format(format);
    if (schema !== undefined && schema !== null) this.schema(schema);
    if (options !== undefined) this.options(options);
    return path === undefined || path === null ? this.#source() : this.#files(path);
  }

  /** Reads Parquet files; options such as `{ mergeSchema: true }` come last. */
  parquet(...paths: (string | readonly string[] | Options)[]): DataFrame<S> {
    const last = paths.at(-1);
    const options =
      typeof last === "object" && last !== null && !Array.isArray(last) ? (last as Options) : undefined;
    const given = (options ? paths.slice(0, -1) : paths) as (string | readonly string[])[];
    return this.format("parquet").#set(options, "parquet").#files(given.flat());
  }

  /**
   * Reads files of comma-separated values, or the texts of a DataFrame of one column; say
   * `{ header: true, inferSchema: true }` where that is so.
   * @see https://spark.apache.org/docs/latest/sql-data-sources-csv.html#data-source-option
   */
  csv<const D extends string | StructType | ReadOptions = never>(
    path: Paths | DataFrame,
    schema?: D,
    options?: Options,
  ): DataFrame<Read<S, D>> {
    return this.#texts("csv", path, schema, options);
  }

  /**
   * Reads files with one JSON object a line, or the texts of a DataFrame of one column.
   * @see https://spark.apache.org/docs/latest/sql-data-sources-json.html#data-source-option
   */
  json<const D extends string | StructType | ReadOptions = never>(
    path: Paths | DataFrame,
    schema?: D,
    options?: Options,
  ): DataFrame<Read<S, D>> {
    return this.#texts("json", path, schema, options);
  }

  /**
   * Reads files of XML, or the texts of a DataFrame of one column; `rowTag` names the element that is a row.
   * @see https://spark.apache.org/docs/latest/sql-data-sources-xml.html#data-source-option
   */
  xml(
    path: Paths | DataFrame,
    rowTag?: string | ReadOptions,
    schema?: string | StructType,
    options?: Options,
  ): DataFrame {
    if (typeof rowTag === "string") this.option("rowTag", rowTag);
    return this.#texts("xml", path, typeof rowTag === "object" ? rowTag : schema, options);
  }

  /**
   * Reads lines of text, in a column `value`.
   * @param wholetext one row a file (false); or all options by name, such as `{ lineSep: ";" }`
   */
  text(paths: Paths, wholetext: boolean | Options = false, lineSep?: string): DataFrame<S> {
    const options =
      typeof wholetext === "object" ? { wholetext: false, ...wholetext } : { wholetext, lineSep };
    return this.format("text").#set(options, "text").#files(paths);
  }

  /** Reads ORC files. */
  orc(path: Paths, options?: Options): DataFrame<S> {
    return this.format("orc").#set(options, "orc").#files(path);
  }

  /**
   * Reads a table of another database.
   * @param url as in `jdbc:postgresql://host/db`; the engine needs the driver
   * @param column a column of numbers, dates or timestamps by which it is read in `numPartitions` parts between
   *   `lowerBound` and `upperBound`; or these by name, with `predicates` and `properties`
   * @example spark.read.jdbc(url, "events", { properties: { user, password } })
   * @see https://spark.apache.org/docs/latest/sql-data-sources-jdbc.html
   */
  jdbc(url: string, table: string, options?: JdbcReadOptions): DataFrame;
  jdbc(
    url: string,
    table: string,
    column: string,
    lowerBound: number | bigint | string,
    upperBound: number | bigint | string,
    numPartitions: number,
    options?: Pick<JdbcReadOptions, "properties">,
  ): DataFrame;
  jdbc(
    url: string,
    table: string,
    column?: string | JdbcReadOptions,
    lowerBound?: number | bigint | string,
    upperBound?: number | bigint | string,
    numPartitions?: number,
    options?: JdbcReadOptions,
  ): DataFrame {
    const by =
      typeof column === "object" && column !== null
        ? column
        : { column, lowerBound, upperBound, numPartitions, ...options };
    const example = 'spark.read.jdbc("jdbc:postgresql://host/db", "events")';
    checkText(url, "jdbc(url)", example);
    checkText(table, "jdbc(table)", example);
    this.format("jdbc");
    if (by.column !== undefined && by.column !== null) {
      for (const name of ["lowerBound", "upperBound", "numPartitions"] as const) {
        if (by[name] !== undefined) continue;
        throw new PlanError(
          `jdbc() was given the column "${by.column}" and no ${name}.`,
          "Pass all four: { column, lowerBound, upperBound, numPartitions }",
        );
      }
      this.options({
        partitionColumn: by.column,
        lowerBound: by.lowerBound,
        upperBound: by.upperBound,
        numPartitions: by.numPartitions,
      });
    }
    this.options(by.properties ?? {}).options({ url, dbtable: table });
    return by.column === undefined && by.predicates ? this.#source([...by.predicates]) : this.#source();
  }

  /** A table or view by its name. */
  table(tableName: string): DataFrame {
    const name = checkText(tableName, "table(tableName)", 'spark.read.table("events")');
    return new DataFrame(this.#session, readTable(name, { ...this.#options }));
  }

  /**
   * What changed in a table, where its format keeps that; the options say from when to when.
   * @throws PlanError after {@link schema}, which it can't have
   */
  changes(tableName: string): DataFrame {
    const name = checkText(tableName, "changes(tableName)", 'spark.read.changes("events")');
    if (this.#schema) {
      throw new PlanError("changes() can't be read with a schema of yours.", "Take .schema(…) away.");
    }
    return new DataFrame(this.#session, tableChanges(name, { ...this.#options }));
  }

  [inspect.custom](): string {
    return "DataFrameReader {}";
  }

  /** Sets the options that a method was given, and the schema among them. */
  #set(options: ReadOptions | Options | undefined, method: string): this {
    const { schema, ...rest } = checkOptions(options, method) as ReadOptions;
    if (schema !== undefined && schema !== null) this.schema(schema);
    for (const [name, value] of Object.entries(rest)) {
      if (value !== undefined && value !== null) this.option(name, value as OptionValue);
    }
    return this;
  }

  #texts(
    format: "csv" | "json" | "xml",
    path: Paths | DataFrame,
    schema: string | StructType | ReadOptions | undefined,
    options: Options | undefined,
  ): DataFrame {
    if (typeof schema === "string" || schema instanceof StructType) this.schema(schema);
    else this.#set(schema, format);
    this.#set(options, format);
    if (!(path instanceof DataFrame)) return this.format(format).#files(path);
    const type =
      this.#struct && (typeMessage(this.#struct) as Exclude<ReturnType<typeof typeMessage>, string>);
    return path.derive((input) => parseText(input, format, type, { ...this.#options }));
  }

  #source(predicates?: string[]): DataFrame {
    return new DataFrame(
      this.#session,
      readSource(this.#format, this.#schema, { ...this.#options }, predicates),
    );
  }

  #files(path: Paths): DataFrame {
    const given = typeof path === "string" ? [path] : Array.isArray(path) ? [...(path as string[])] : [];
    if (given.length === 0 || given.some((p) => typeof p !== "string" || p === "")) {
      throw new PlanError("No path to read was given.", 'Pass one: spark.read.parquet("events.parquet")');
    }
    const paths = given.map((one) => enginePath(this.#session.engine, wellFormed(one)));
    const options = { ...this.#options };
    const relation = readFiles(this.#format, paths, this.#schema, options);
    if (this.#session.engine.name !== "sail") return new DataFrame(this.#session, relation);
    return new DataFrame(this.#session, relation, this.#onSail(relation, paths, options));
  }

  #onSail(relation: Relation, paths: string[], options: Record<string, string>): Prerequisite[] {
    const format = this.#format ?? "parquet";
    const isMerged = !this.#schema && format === "parquet" && isOn(options, "mergeschema");
    let schema = this.#schema;
    let { relType } = relation;
    let merged: Promise<void> | undefined;
    const merge = async (client: ConnectClient, found: string[]) => {
      schema = (await mergedSchema(client, found, options))?.json() ?? "";
    };
    const check = async (client: ConnectClient) => {
      if (format.toLowerCase() === "json" && isOn(options, "multiline")) throw jsonOverLines();
      // Sail reads a path that isn't there as no rows, and has no format of its own choice.
      const found = await findPaths(client, paths, format);
      if (isMerged)
        await (merged ??= merge(client, found).catch((error: unknown) => {
          merged = undefined;
          throw error;
        }));
      // What a cache put there in the meantime stays.
      if (relation.relType !== relType) return;
      fill(relation, readFiles(format, found, schema, options));
      ({ relType } = relation);
    };
    return [{ check }];
  }
}

function isOn(options: Readonly<Record<string, string>>, option: string): boolean {
  return Object.entries(options).some(
    ([name, value]) => name.toLowerCase() === option && value.toLowerCase() === "true",
  );
}

function jsonOverLines(): SparkError {
  return new SparkError(
    "UNSUPPORTED_FEATURE: Sail can't do this yet: JSON documents over several lines (multiLine).\n" +
      'Read files whole, spark.read.text(path, { wholetext: true }), and parse them: explode(fromJson("value", ' +
      '"array<struct<n:int>>")); or run it on Spark: `npm run setup -- --spark`, then start with SPARK_REMOTE=local[*].',
    { errorClass: "UNSUPPORTED_FEATURE", sqlState: "0A000" },
  );
}
