import type { Job } from "../jobs/index.ts";
import type { ColumnOrName } from "./column-name.ts";
import type { DataFrame } from "./dataframe.ts";

/**
 * Statistics of columns: `df.stat`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.stat.html
 */
export class DataFrameStatFunctions {
  readonly #df: DataFrame;

  /** Use {@link DataFrame.stat}. */
  constructor(df: DataFrame) {
    this.#df = df;
  }

  /** Same as {@link DataFrame.corr}: `await df.stat.corr("a", "b")`. Runs a job. */
  corr(col1: string, col2: string, method?: string | { readonly method?: string }): Job<number> {
    return this.#df.corr(col1, col2, method);
  }

  /** Same as {@link DataFrame.cov}: `await df.stat.cov("a", "b")`. Runs a job. */
  cov(col1: string, col2: string): Job<number> {
    return this.#df.cov(col1, col2);
  }

  /** Same as {@link DataFrame.approxQuantile}: `await df.stat.approxQuantile("n", [0.5], 0)`. Runs a job. */
  approxQuantile(col: string, probabilities: readonly number[], relativeError: number): Job<number[]>;
  approxQuantile(
    col: readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Job<number[][]>;
  approxQuantile(col: never, probabilities: readonly number[], relativeError: number): unknown {
    return this.#df.approxQuantile(col, probabilities, relativeError);
  }

  /** Same as {@link DataFrame.crosstab}: `df.stat.crosstab("host", "port")`. */
  crosstab(col1: string, col2: string): DataFrame {
    return this.#df.crosstab(col1, col2);
  }

  /** Same as {@link DataFrame.freqItems}: `df.stat.freqItems(["host"], 0.1)`. */
  freqItems(cols: readonly string[], support?: number | { readonly support?: number }): DataFrame {
    return this.#df.freqItems(cols, support);
  }

  /** Same as {@link DataFrame.sampleBy}: `df.stat.sampleBy("level", { error: 1, info: 0.01 })`. */
  sampleBy(
    col: ColumnOrName,
    fractions: Readonly<Record<string, number>> | ReadonlyMap<unknown, number>,
    seed?: number | { readonly seed?: number },
  ): DataFrame {
    return this.#df.sampleBy(col, fractions, seed);
  }
}
