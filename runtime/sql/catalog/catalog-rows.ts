import type { ConnectClient } from "../../connect/client.ts";
import { catalog, type CatalogRequest } from "../../plan/catalog.ts";
import { sqlCommand } from "../../plan/command.ts";
import type { Relation } from "../../plan/relation.ts";
import { rowsOf } from "../arrow-rows.ts";
import { rowValues } from "../row.ts";
import type { SparkSession } from "../spark-session.ts";
import { globalViews, sailRequest } from "./sail-catalog.ts";

/** The rows that a question to the catalog is answered with, in the order and with the values of Spark. */
export async function catalogRows(
  session: SparkSession,
  client: ConnectClient,
  request: CatalogRequest,
  signal?: AbortSignal,
): Promise<unknown[][]> {
  const other = session.engine.name === "sail" ? sailRequest(request) : undefined;
  if (other?.isStatement) {
    await client.command(sqlCommand(other.relation), { signal });
    return [];
  }
  const rows = await rowsOfRelation(client, other?.relation ?? catalog(request), signal);
  return other?.rows?.(rows) ?? rows;
}

/** Removes a temp view; gives whether there was one. */
export async function dropTempView(
  session: SparkSession,
  client: ConnectClient,
  name: string,
  isGlobal: boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  // Sail fails for a temp view that isn't there, and says yes for a global one.
  if (session.engine.name === "sail") {
    const list = isGlobal ? globalViews() : catalog({ case: "listTables", value: {} });
    const there = await rowsOfRelation(client, list, signal);
    const isIt = ([one, , , , , isTemporary]: unknown[]) => isTemporary === true && one === name;
    if (!there.some(isIt)) return false;
  }
  const request: CatalogRequest = isGlobal
    ? { case: "dropGlobalTempView", value: { viewName: name } }
    : { case: "dropTempView", value: { viewName: name } };
  const [[dropped] = []] = await rowsOfRelation(client, catalog(request), signal);
  return dropped === true;
}

async function rowsOfRelation(
  client: ConnectClient,
  relation: Relation,
  signal?: AbortSignal,
): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of client.batches(relation, { signal })) {
    for (const row of rowsOf(batch)) rows.push(rowValues(row));
  }
  return rows;
}
