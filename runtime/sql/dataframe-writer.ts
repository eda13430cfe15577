import { PlanError } from "../connect/plan-error.ts";
import type { Job } from "../jobs/index.ts";
import { SaveMode, write, type WriteArguments } from "../plan/command.ts";
import type { DataFrame } from "./dataframe.ts";
import { enginePath } from "./engine-path.ts";
import type { OptionValue } from "./option-value.ts";
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

/**
 * Writes a DataFrame to files or a table: `df.write`. Each of the last methods runs a job; what is called after it
 * sees its result even if it isn't awaited.
 * @example await df.write.mode("overwrite").partitionBy("date").parquet("events.parquet")
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/io.html
 */
export class DataFrameWriter {
  readonly #df: DataFrame;
  readonly #options: Record<string, string> = {};
  #format: string | undefined;
  #mode: SaveMode = SaveMode.ERROR_IF_EXISTS;
  #partitionBy: readonly string[] = [];

  constructor(df: DataFrame) {
    this.#df = df;
  }

  /** @throws PlanError for a mode that isn't one */
  mode(mode: SaveModeName): this {
    if (!Object.hasOwn(modes, mode)) {
      throw new PlanError(
        `No save mode is called "${mode}".`,
        `Use one of ${Object.keys(modes).join(", ")}.`,
      );
    }
    this.#mode = modes[mode];
    return this;
  }

  /** "parquet", "csv", "json", "text", "orc" or what else the engine writes. Default: parquet. */
  format(name: string): this {
    this.#format = name;
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

  /** One folder for each value of these columns. */
  partitionBy(...columns: string[]): this {
    this.#partitionBy = columns;
    return this;
  }

  /** Writes files into the folder `path`, in the chosen format. */
  save(path: string): Job<void> {
    if (typeof path !== "string" || path === "") {
      throw new PlanError("No path to write to was given.", 'Pass one: df.write.parquet("events.parquet")');
    }
    return this.#run({ path: enginePath(this.#df.sparkSession.engine, path) });
  }

  /** Writes Parquet files into the folder `path`. */
  parquet(path: string): Job<void> {
    return this.format("parquet").save(path);
  }
  /** Writes files of comma-separated values. */
  csv(path: string): Job<void> {
    return this.format("csv").save(path);
  }
  /** Writes one JSON object a line. */
  json(path: string): Job<void> {
    return this.format("json").save(path);
  }
  /** Writes lines of text, from a DataFrame with one text column. */
  text(path: string): Job<void> {
    return this.format("text").save(path);
  }
  /** Makes a table of the DataFrame. */
  saveAsTable(table: string): Job<void> {
    return this.#run({ table, method: "save" });
  }
  /** Adds the rows to a table, by position. */
  insertInto(table: string): Job<void> {
    if (this.#mode !== SaveMode.OVERWRITE) this.#mode = SaveMode.APPEND;
    return this.#run({ table, method: "insert" });
  }

  #run(target: WriteArguments["target"]): Job<void> {
    const plan = {
      target,
      format: this.#format ?? ("path" in target ? "parquet" : undefined),
      mode: this.#mode,
      partitionBy: this.#partitionBy,
      options: { ...this.#options },
    };
    const replacesPartitions =
      plan.mode === SaveMode.OVERWRITE && (plan.partitionBy.length > 0 || "table" in target);
    return this.#df.command(async (client, signal, input) => {
      const { conf, engine } = this.#df.sparkSession;
      if (replacesPartitions && engine.name === "sail") {
        const option = Object.entries(plan.options).find(([name]) => /^partitionOverwriteMode$/i.test(name));
        refuseDynamicOverwrite(option?.[1], conf.own("spark.sql.sources.partitionOverwriteMode"));
      }
      if (plan.mode === SaveMode.OVERWRITE && "path" in target) {
        refuseOverwritingSource(input, target.path, this.#df.sparkSession.views);
      }
      await client.command(write({ ...plan, input }), { signal });
    });
  }
}
