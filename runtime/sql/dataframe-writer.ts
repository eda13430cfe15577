import { inspect } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { SaveMode, write, type WriteArguments } from "../plan/command.ts";
import { argumentError, shown } from "./argument-error.ts";
import { checkText } from "./check-text.ts";
import type { DataFrame } from "./dataframe.ts";
import { enginePath } from "./engine-path.ts";
import { wellFormed } from "../connect/well-formed.ts";
import { flag } from "./frame/check-frame.ts";
import { columnNames } from "./io/column-names.ts";
import { notOnSail } from "./not-on-sail.ts";
import { checkOptions, type Options, type OptionValue, setOption, withoutValue } from "./option-value.ts";
import { refuseOverwritingSource } from "./overwritten-source.ts";
import { refuseDynamicOverwrite } from "./whole-overwrite.ts";

const modes = {
  append: SaveMode.APPEND,
  overwrite: SaveMode.OVERWRITE,
  error: SaveMode.ERROR_IF_EXISTS,
  errorifexists: SaveMode.ERROR_IF_EXISTS,
  default: SaveMode.ERROR_IF_EXISTS,
  ignore: SaveMode.IGNORE,
};

/** What to do when the target exists: add to it, replace it, fail (the default), or leave it. */
export type SaveModeName = keyof typeof modes;

/** The further arguments of the last methods by name; any other name is an option of the format. */
export interface WriteOptions {
  readonly format?: string;
  readonly mode?: SaveModeName | null;
  readonly partitionBy?: string | readonly string[] | null;
  readonly [option: string]: OptionValue | readonly string[];
}

/**
 * Writes a DataFrame to files or a table: `df.write`. Each of the last methods runs a job; what is called after it
 * sees its result even if it isn't awaited.
 * @example await df.write.mode("overwrite").partitionBy("date").parquet("events.parquet")
 * @example await df.write.csv("events.csv", { mode: "overwrite", header: true })
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/io.html
 */
export class DataFrameWriter {
  readonly #df: DataFrame;
  readonly #options: Record<string, string> = {};
  #format: string | undefined;
  #mode = SaveMode.UNSPECIFIED;
  #partitionBy: readonly string[] = [];
  #bucketBy: WriteArguments["bucketBy"];
  #sortBy: readonly string[] = [];
  #clusterBy: readonly string[] = [];

  constructor(df: DataFrame) {
    this.#df = df;
  }

  /** Default: "error". @throws PlanError for a mode that isn't one */
  mode(saveMode: SaveModeName | null | undefined): this {
    if (saveMode === null || saveMode === undefined) return this;
    if (typeof saveMode !== "string") throw argumentError("mode", saveMode, 'text: .mode("overwrite")');
    const name = saveMode.toLowerCase();
    if (!Object.hasOwn(modes, name)) {
      throw new PlanError(
        `No save mode is called "${saveMode}".`,
        `Use one of ${Object.keys(modes).join(", ")}.`,
      );
    }
    this.#mode = modes[name as SaveModeName];
    return this;
  }

  /** "parquet", "csv", "json", "text", "orc" or what else the engine writes. Default: parquet. */
  format(source: string): this {
    this.#format = checkText(source, "format(source)", 'df.write.format("csv")');
    return this;
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

  /** One folder for each value of these columns. */
  partitionBy(...columns: (string | readonly string[])[]): this {
    this.#partitionBy = columnNames("partitionBy", columns);
    return this;
  }

  /** Within each partition, rows spread over so many files by these columns' hashes; for {@link saveAsTable}. */
  bucketBy(numBuckets: number, ...columns: (string | readonly string[])[]): this {
    if (!Number.isInteger(numBuckets) || numBuckets < 1) {
      throw new PlanError(
        `bucketBy() was given ${shown(numBuckets)} as its number of buckets.`,
        'Pass a whole number from 1: .bucketBy(4, "host")',
      );
    }
    this.#bucketBy = { numBuckets, bucketColumnNames: columnNames("bucketBy", columns) };
    return this;
  }

  /** The order of rows in each bucket; after {@link bucketBy}. */
  sortBy(...columns: (string | readonly string[])[]): this {
    this.#sortBy = columnNames("sortBy", columns);
    return this;
  }

  /** The columns by which the table keeps rows together, where its format does that. */
  clusterBy(...columns: (string | readonly string[])[]): this {
    this.#clusterBy = columnNames("clusterBy", columns);
    return this;
  }

  /**
   * Writes files into the folder `path`, in the chosen format; or, without one, where the options say.
   * @example df.write.save("events", { format: "csv", mode: "overwrite" })
   */
  save(path?: string | null, options?: WriteOptions): Job<void>;
  save(
    path: string | null | undefined,
    format: string,
    mode?: SaveModeName | null,
    partitionBy?: string | readonly string[] | null,
    options?: Options,
  ): Job<void>;
  save(
    path?: string | null,
    format?: string | WriteOptions,
    mode?: SaveModeName | null,
    partitionBy?: string | readonly string[] | null,
    options?: Options,
  ): Job<void> {
    const given = typeof format === "object" ? format : { format, mode, partitionBy, ...options };
    this.#set(given, "save");
    if (path === undefined || path === null) return this.#run({});
    return this.#run({ path: this.#path(path, "save") });
  }

  /** Writes Parquet files into the folder `path`. @param options also by position: mode, partitionBy, compression */
  parquet(path: string, options?: WriteOptions | SaveModeName | null, ...more: unknown[]): Job<void> {
    return this.#file("parquet", path, options, more, ["mode", "partitionBy", "compression"]);
  }
  /** Writes files of comma-separated values; options such as `{ header: true }`. */
  csv(path: string, options?: WriteOptions | SaveModeName | null, ...more: unknown[]): Job<void> {
    return this.#file("csv", path, options, more, [
      "mode",
      "compression",
      "sep",
      "quote",
      "escape",
      "header",
    ]);
  }
  /** Writes one JSON object a line. */
  json(path: string, options?: WriteOptions | SaveModeName | null, ...more: unknown[]): Job<void> {
    return this.#file("json", path, options, more, ["mode", "compression", "dateFormat", "timestampFormat"]);
  }
  /** Writes ORC files. */
  orc(path: string, options?: WriteOptions | SaveModeName | null, ...more: unknown[]): Job<void> {
    return this.#file("orc", path, options, more, ["mode", "partitionBy", "compression"]);
  }
  /** Writes lines of text, from a DataFrame with one text column. */
  text(path: string, options?: Options | string | null, ...more: unknown[]): Job<void> {
    return this.#file("text", path, options, more, ["compression", "lineSep"]);
  }
  /** Writes files of XML; `rowTag` names the element that is a row. */
  xml(path: string, options?: WriteOptions | string | null, ...more: unknown[]): Job<void> {
    return this.#file("xml", path, options, more, ["rowTag", "mode"]);
  }

  /**
   * Writes a table of another database.
   * @param url as in `jdbc:postgresql://host/db`; the engine needs the driver
   * @param properties such as `{ user, password }`
   * @see https://spark.apache.org/docs/latest/sql-data-sources-jdbc.html
   */
  jdbc(
    url: string,
    table: string,
    mode?: SaveModeName | null | { mode?: SaveModeName; properties?: Options },
    properties?: Options,
  ): Job<void> {
    if (typeof mode === "object" && mode !== null) return this.jdbc(url, table, mode.mode, mode.properties);
    const example = 'df.write.jdbc("jdbc:postgresql://host/db", "events")';
    checkText(url, "jdbc(url)", example);
    checkText(table, "jdbc(table)", example);
    return this.format("jdbc")
      .mode(mode)
      .options(properties ?? {})
      .options({ url, dbtable: table })
      .save();
  }

  /**
   * Makes a table of the DataFrame.
   * @example df.write.saveAsTable("events", { mode: "append", format: "parquet" })
   */
  saveAsTable(name: string, options?: WriteOptions): Job<void>;
  saveAsTable(
    name: string,
    format: string,
    mode?: SaveModeName | null,
    partitionBy?: string | readonly string[] | null,
    options?: Options,
  ): Job<void>;
  saveAsTable(
    name: string,
    format?: string | WriteOptions,
    mode?: SaveModeName | null,
    partitionBy?: string | readonly string[] | null,
    options?: Options,
  ): Job<void> {
    const table = checkText(name, "saveAsTable(name)", 'df.write.saveAsTable("events")');
    const given = typeof format === "object" ? format : { format, mode, partitionBy, ...options };
    this.#set(given, "saveAsTable");
    return this.#run({ table, method: "save" });
  }

  /** Adds the rows to a table, by position. @param overwrite whether they replace those that are there */
  insertInto(tableName: string, overwrite?: boolean | { overwrite?: boolean }): Job<void> {
    const table = checkText(tableName, "insertInto(tableName)", 'df.write.insertInto("events")');
    if (overwrite !== undefined && overwrite !== null) {
      this.mode(flag("insertInto", "overwrite", overwrite) ? "overwrite" : "append");
    }
    return this.#run({ table, method: "insert" });
  }

  [inspect.custom](): string {
    return "DataFrameWriter {}";
  }

  #set(given: WriteOptions | undefined, method: string): this {
    const { format, mode, partitionBy, ...options } = checkOptions(given, method) as WriteOptions;
    this.mode(mode);
    if (partitionBy !== undefined && partitionBy !== null) this.partitionBy(partitionBy);
    if (format !== undefined && format !== null) this.format(format);
    for (const [name, value] of Object.entries(options)) {
      if (value !== undefined && value !== null) this.option(name, value as OptionValue);
    }
    return this;
  }

  /** @param names what the arguments after the path are, in PySpark's order */
  #file(
    format: string,
    path: string,
    options: unknown,
    more: readonly unknown[],
    names: readonly string[],
  ): Job<void> {
    const isNamed = typeof options === "object" && options !== null;
    const positional = isNamed ? more : [options, ...more];
    if (positional.length > (isNamed ? 0 : names.length)) {
      throw new PlanError(
        `${format}() was given ${positional.length + 1} arguments by position.`,
        `Name them: df.write.${format}(path, { mode: "overwrite" })`,
      );
    }
    const named = isNamed ? options : Object.fromEntries(names.map((name, at) => [name, positional[at]]));
    this.#set(named as WriteOptions, format);
    return this.format(format).#run({ path: this.#path(path, format) });
  }

  #path(path: string, method: string): string {
    if (typeof path !== "string" || path === "") {
      throw new PlanError(
        `No path to write to was given to ${method}().`,
        'Pass one: df.write.parquet("events.parquet")',
      );
    }
    return enginePath(this.#df.sparkSession.engine, wellFormed(path));
  }

  #run(target: WriteArguments["target"]): Job<void> {
    const isOnSail = this.#df.sparkSession.engine.name === "sail";
    if (isOnSail && (this.#bucketBy || this.#sortBy.length > 0 || this.#clusterBy.length > 0)) {
      throw notOnSail("bucketBy(), sortBy() and clusterBy()");
    }
    const path = "path" in target ? target.path : undefined;
    const plan = {
      target,
      // Sail has no format of its own choice for files.
      format: this.#format ?? (isOnSail && path !== undefined ? "parquet" : undefined),
      mode: this.#mode,
      partitionBy: this.#partitionBy,
      bucketBy: this.#bucketBy,
      sortBy: this.#sortBy,
      clusterBy: this.#clusterBy,
      options: isOnSail ? sailOptions(this.#options) : { ...this.#options },
    };
    const replacesPartitions =
      plan.mode === SaveMode.OVERWRITE && (plan.partitionBy.length > 0 || "table" in target);
    return this.#df.command(async (client, signal, input) => {
      const { conf } = this.#df.sparkSession;
      if (replacesPartitions && isOnSail) {
        const option = Object.entries(plan.options).find(([name]) => /^partitionOverwriteMode$/i.test(name));
        refuseDynamicOverwrite(option?.[1], conf.own("spark.sql.sources.partitionOverwriteMode"));
      }
      if (plan.mode === SaveMode.OVERWRITE && path !== undefined) {
        refuseOverwritingSource(input, path, this.#df.sparkSession.views);
      }
      await client.command(write({ ...plan, input }), { signal });
    });
  }
}

/** Sail's word for no compression of text files is the one of Parquet. */
function sailOptions(options: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(options).map(([name, value]) => {
    const isNone = /^compression$/i.test(name) && /^none$/i.test(value);
    return [name, isNone ? "uncompressed" : value];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}
