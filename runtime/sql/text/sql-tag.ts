import { PlanError } from "../../connect/plan-error.ts";
import type { DataFrame } from "../dataframe.ts";
import { activeSession } from "../spark-session-builder.ts";

/**
 * The result of SQL with values between, in the active session; what `spark.sql` with a template gives.
 * @throws PlanError when no session is active
 * @example await sql`SELECT host FROM ${events} WHERE n > ${least}`.show()
 */
export function sql(text: TemplateStringsArray, ...values: unknown[]): DataFrame {
  const session = activeSession();
  if (!session) {
    throw new PlanError(
      "No session is active.",
      "Make one: `const spark = await SparkSession.builder.getOrCreate()`.",
    );
  }
  return session.sql(text, ...values);
}
