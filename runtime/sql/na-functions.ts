import type { DataFrame } from "./dataframe.ts";
import type { DropnaArguments, FillValue, NameSubset } from "./frame/signatures.ts";

/**
 * What to do with missing values: `df.na`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.na.html
 */
export class DataFrameNaFunctions {
  readonly #df: DataFrame;

  /** Use {@link DataFrame.na}. */
  constructor(df: DataFrame) {
    this.#df = df;
  }

  /** Same as {@link DataFrame.fillna}: `df.na.fill({ host: "unknown", bytes: 0 })`. */
  fill(value: FillValue | Readonly<Record<string, FillValue>>, subset?: NameSubset): DataFrame {
    return this.#df.fillna(value, subset);
  }

  /** Same as {@link DataFrame.dropna}: `df.na.drop("all")`. */
  drop(...args: DropnaArguments): DataFrame {
    return this.#df.dropna(...args);
  }

  /** Same as {@link DataFrame.replace}: `df.na.replace(["n/a", "-"], null, ["host"])`. */
  replace(toReplace: unknown, ...rest: unknown[]): DataFrame {
    return this.#df.replace(toReplace, ...rest);
  }
}
