// The arguments of createDataFrame() after the data.
import { argumentError } from "./argument-error.ts";
import { keywordArguments } from "./keyword-arguments.ts";
import type { SchemaLike } from "./local-data.ts";

/** PySpark's keyword arguments of `createDataFrame`. */
export interface CreateOptions<D = SchemaLike> {
  readonly schema?: D | null;
  /** Taken as PySpark takes it; types are told from all rows. */
  readonly samplingRatio?: number | null;
  /** Taken as PySpark takes it; values are checked as they are encoded. */
  readonly verifySchema?: boolean;
}

/**
 * The schema among the arguments, given by position or by name.
 * @throws PlanError for an argument that isn't one, or of another type
 */
export function schemaArgument(args: readonly unknown[]): SchemaLike | undefined {
  const { schema, samplingRatio, verifySchema } = keywordArguments(
    "createDataFrame",
    ["schema", "samplingRatio", "verifySchema"],
    args,
  );
  if (samplingRatio !== undefined && samplingRatio !== null && typeof samplingRatio !== "number") {
    throw argumentError(
      "createDataFrame",
      samplingRatio,
      "a share of the rows: { samplingRatio: 0.5 }",
      "samplingRatio",
    );
  }
  if (verifySchema !== undefined && typeof verifySchema !== "boolean") {
    throw argumentError("createDataFrame", verifySchema, "true or false.", "verifySchema");
  }
  return (schema ?? undefined) as SchemaLike | undefined;
}
