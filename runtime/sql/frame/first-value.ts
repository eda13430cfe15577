import type { ConnectClient } from "../../connect/client.ts";
import type { Relation } from "../../plan/relation.ts";
import { valuesOf } from "../arrow-rows.ts";

/** The one value of a plan whose result is one row. */
export async function firstValue(
  client: ConnectClient,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  for await (const batch of client.batches(relation, { signal })) {
    if (batch.numRows > 0) return valuesOf(batch.getChildAt(0)!)[0];
  }
  throw new Error("The engine gave no row where there should be one.");
}
