import { PlanError } from "../connect/plan-error.ts";
import type { ConnectClient } from "../connect/client.ts";
import { fill, readFiles } from "../plan/relation.ts";
import { DataFrame } from "./dataframe.ts";
import type { Prerequisite } from "./prerequisite.ts";
import { enginePath } from "./engine-path.ts";
import { mergedSchema } from "./merged-schema.ts";
import type { OptionValue } from "./option-value.ts";
import { pathsExist } from "./paths-exist.ts";
import { parseDDL } from "./parse-ddl.ts";
import type { SparkSession } from "./spark-session.ts";
import type { StructType } from "./types.ts";

/**
 * Reads files and tables: `spark.read`. Reading is lazy: a missing file is an error of the first action.
 * Paths are the engine's: relative ones start at the notebook's folder on an engine of this machine.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/io.html
 */
export class DataFrameReader {
  readonly #session: SparkSession;
  readonly #options: Record<string, string> = {};
  #format: string | undefined;
  #schema: StructType | undefined;

  constructor(session: SparkSession) {
    this.#session = session;
  }

  /** "parquet", "csv", "json", "text", "orc" or what else the engine reads. Default: parquet. */
  format(name: string): this {
    this.#format = name;
    return this;
  }

  /** The schema, instead of the one that the files say: DDL or a StructType. */
  schema(schema: string | StructType): this {
    this.#schema = typeof schema === "string" ? parseDDL(schema) : schema;
    return this;
  }

  option(name: string, value: OptionValue): this {
    this.#options[name] = String(value);
    return this;
  }

  options(options: Readonly<Record<string, OptionValue>>): this {
    for (const [name, value] of Object.entries(options)) this.option(name, value);
    return this;
  }

  /** Reads one or more files or folders in the chosen format. */
  load(path: string | readonly string[]): DataFrame {
    const given = typeof path === "string" ? [path] : [...path];
    if (given.length === 0 || given.some((p) => typeof p !== "string" || p === "")) {
      throw new PlanError("No path to read was given.", 'Pass one: spark.read.parquet("events.parquet")');
    }
    const paths = given.map((one) => enginePath(this.#session.engine, one));
    const format = this.#format ?? "parquet";
    const options = { ...this.#options };
    const relation = readFiles(format, paths, this.#schema?.json, options);
    if (this.#session.engine.name !== "sail") return new DataFrame(this.#session, relation);
    // Sail reads a path that isn't there as no rows.
    const exists: Prerequisite = { check: () => pathsExist(paths) };
    if (this.#schema || format !== "parquet" || !isMerging(options))
      return new DataFrame(this.#session, relation, [exists]);
    let merged: Promise<void> | undefined;
    const merge = async (client: ConnectClient) => {
      const schema = await mergedSchema(client, paths, options);
      if (schema) fill(relation, readFiles(format, paths, schema.json, options));
    };
    const check = (client: ConnectClient) =>
      (merged ??= merge(client).catch((error: unknown) => {
        merged = undefined;
        throw error;
      }));
    return new DataFrame(this.#session, relation, [exists, { check }]);
  }

  /** Reads Parquet files. */
  parquet(...paths: string[]): DataFrame {
    return this.format("parquet").load(paths);
  }
  /** Reads files of comma-separated values; say `{ header: true, inferSchema: true }` where that is so. */
  csv(path: string | readonly string[], options: Readonly<Record<string, OptionValue>> = {}): DataFrame {
    return this.format("csv").options(options).load(path);
  }
  /** Reads files with one JSON object a line. */
  json(path: string | readonly string[], options: Readonly<Record<string, OptionValue>> = {}): DataFrame {
    return this.format("json").options(options).load(path);
  }
  /** Reads lines of text, in a column `value`. */
  text(path: string | readonly string[]): DataFrame {
    return this.format("text").load(path);
  }
  /** Reads ORC files. */
  orc(path: string | readonly string[]): DataFrame {
    return this.format("orc").load(path);
  }
  /** A table or view by its name. */
  table(name: string): DataFrame {
    return this.#session.table(name);
  }
}

function isMerging(options: Readonly<Record<string, string>>): boolean {
  return Object.entries(options).some(
    ([name, value]) => name.toLowerCase() === "mergeschema" && value.toLowerCase() === "true",
  );
}
