// What our client and an engine make of a case, in the form of the goldens.
import { DataFrame, PlanError, SparkError, type SparkSession } from "../../../runtime/index.ts";
import { compactSchema } from "./compact-schema.ts";
import { evaluate, Value } from "./evaluate.ts";
import type { Golden } from "./golden.ts";
import { plain, tagged } from "./tagged.ts";

/** What came of a case, and the first line of the error if it was one. */
export interface Outcome extends Golden {
  readonly said?: string;
}

/** Runs a case on the session's engine. Errors of the client's own making other than refusals are thrown. */
export async function outcomeOf(text: string, spark: SparkSession): Promise<Outcome> {
  try {
    const result = await evaluate(text, spark);
    if (result instanceof Value) return { value: plain(result.value) };
    if (!(result instanceof DataFrame)) throw new TypeError(`The case gives no DataFrame: ${text}`);
    const [schema, rows] = await Promise.all([result.schema(), result.collect()]);
    return {
      schema: compactSchema(schema.jsonValue()),
      rows: rows.map((row) => row.toArray().map((value, i) => tagged(value, schema.fields[i].dataType))),
    };
  } catch (error) {
    const said = (error as Error).message?.split("\n")[0];
    if (error instanceof PlanError) return { error: "PlanError", isClient: true, said };
    if (error instanceof SparkError) return { error: error.errorClass ?? "", said };
    throw error;
  }
}
