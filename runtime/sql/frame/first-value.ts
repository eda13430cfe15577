import type { ConnectClient } from "../../connect/client.ts";
import type { Relation } from "../../plan/relation.ts";
import { valuesOf } from "../arrow-rows.ts";

/** The one value of a plan whose result is one row. */
export async function firstValue(
  client: ConnectClient,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const values: unknown[] = [];
  // To the end: what a plan observes comes after its rows.
  for await (const batch of client.batches(relation, { signal })) {
    if (batch.numRows > 0) values.push(valuesOf(batch.getChildAt(0)!)[0]);
  }
  if (values.length > 0) return values[0];
  throw new Error("The engine gave no row where there should be one.");
}
