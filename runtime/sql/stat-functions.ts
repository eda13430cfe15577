import type { Job } from "../jobs/index.ts";
import type { DataFrame, Frame } from "./dataframe.ts";
import type { Given, GivenName, Names, OneColumn, OneName } from "./typed/schema.ts";

/**
 * Statistics of columns: `df.stat`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.stat.html
 */
export class DataFrameStatFunctions<out S = any> {
  readonly #df: Frame<S>;

  /** Use {@link DataFrame.stat}. */
  constructor(df: Frame<S>) {
    this.#df = df;
  }

  /** Same as {@link DataFrame.corr}: `await df.stat.corr("a", "b")`. Runs a job. */
  corr<const A extends GivenName<S>, const B extends GivenName<S>>(
    col1: OneName<S, A>,
    col2: OneName<S, B>,
    method?: string | { readonly method?: string },
  ): Job<number> {
    return this.#df.corr<A, B>(col1, col2, method);
  }

  /** Same as {@link DataFrame.cov}: `await df.stat.cov("a", "b")`. Runs a job. */
  cov<const A extends GivenName<S>, const B extends GivenName<S>>(
    col1: OneName<S, A>,
    col2: OneName<S, B>,
  ): Job<number> {
    return this.#df.cov<A, B>(col1, col2);
  }

  /** Same as {@link DataFrame.approxQuantile}: `await df.stat.approxQuantile("n", [0.5], 0)`. Runs a job. */
  approxQuantile<const N extends GivenName<S>>(
    col: OneName<S, N>,
    probabilities: readonly number[],
    relativeError: number,
  ): Job<number[]>;
  approxQuantile<const N extends readonly GivenName<S>[]>(
    col: Names<S, N>,
    probabilities: readonly number[],
    relativeError: number,
  ): Job<number[][]>;
  approxQuantile(col: never, probabilities: readonly number[], relativeError: number): unknown {
    return this.#df.approxQuantile(col, probabilities, relativeError);
  }

  /** Same as {@link DataFrame.crosstab}: `df.stat.crosstab("host", "port")`. */
  crosstab<const A extends GivenName<S>, const B extends GivenName<S>>(
    col1: OneName<S, A>,
    col2: OneName<S, B>,
  ): DataFrame {
    return this.#df.crosstab<A, B>(col1, col2);
  }

  /** Same as {@link DataFrame.freqItems}: `df.stat.freqItems(["host"], 0.1)`. */
  freqItems<const N extends readonly GivenName<S>[]>(
    cols: Names<S, N>,
    support?: number | { readonly support?: number },
  ): DataFrame {
    return this.#df.freqItems<N>(cols, support);
  }

  /** Same as {@link DataFrame.sampleBy}: `df.stat.sampleBy("level", { error: 1, info: 0.01 })`. */
  sampleBy<const C extends Given<S>>(
    col: OneColumn<S, C>,
    fractions: Readonly<Record<string, number>> | ReadonlyMap<unknown, number>,
    seed?: number | { readonly seed?: number },
  ): DataFrame<S> {
    return this.#df.sampleBy<C>(col, fractions, seed);
  }
}
