import { SparkError } from "../connect/spark-error.ts";

/** What the embedded engine can't do, with the way to the one that can. */
export function notOnSail(what: string): SparkError {
  return new SparkError(
    `UNSUPPORTED_FEATURE: Sail can't do this: ${what}.\n` +
      "Run it on Spark: `npm run setup -- --spark`, then start with SPARK_REMOTE=local[*].",
    { errorClass: "UNSUPPORTED_FEATURE", sqlState: "0A000" },
  );
}
