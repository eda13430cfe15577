import type { DataFrame, Frame } from "./dataframe.ts";
import type { DropnaArguments, FillValue, Subset } from "./frame/signatures.ts";
import type { Filled, Nulls } from "./typed/combine.ts";
import type { GivenName, OneName } from "./typed/schema.ts";

/**
 * What to do with missing values: `df.na`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.na.html
 */
export class DataFrameNaFunctions<
  // @ts-expect-error Declared, as that of DataFrame.
  out S = any,
> {
  readonly #df: Frame<S>;

  /** Use {@link DataFrame.na}. */
  constructor(df: Frame<S>) {
    this.#df = df;
  }

  /** Same as {@link DataFrame.fillna}: `df.na.fill({ host: "unknown", bytes: 0 })`. */
  fill<
    const V extends FillValue | { readonly [K in keyof S & string]?: FillValue },
    const N extends GivenName<S> = keyof S & string,
  >(value: V, subset?: Subset<OneName<S, N>>): DataFrame<Filled<S, V, N>> {
    return this.#df.fillna<V, N>(value, subset);
  }

  /** Same as {@link DataFrame.dropna}: `df.na.drop("all")`. */
  drop<const N extends GivenName<S>>(...args: DropnaArguments<OneName<S, N>>): DataFrame<S> {
    return this.#df.dropna<N>(...args);
  }

  /** Same as {@link DataFrame.replace}: `df.na.replace(["n/a", "-"], null, ["host"])`. */
  replace(toReplace: unknown, ...rest: unknown[]): DataFrame<Nulls<S>> {
    return this.#df.replace(toReplace, ...rest);
  }
}
