// Sail knows some of the catalog's requests only as SQL, or as a list to look into.
import { type CatalogRequest, catalog } from "../../plan/catalog.ts";
import { type Relation, sqlQuery } from "../../plan/relation.ts";
import { quoted, quotedName } from "../identifier.ts";

/** What to send to Sail for a request, and how its answer's rows become those that Spark would give. */
export interface SailRequest {
  readonly relation: Relation;
  /** Whether the relation is a command, which answers with a row of its own. */
  readonly isStatement?: boolean;
  rows?(rows: unknown[][]): unknown[][];
}

const statement = (text: string): SailRequest => ({ relation: sqlQuery(text), isStatement: true });
const when = (condition: unknown, text: string) => (condition ? text : "");

/** Undefined: as Spark takes it. */
export function sailRequest({ case: name, value }: CatalogRequest): SailRequest | undefined {
  switch (name) {
    case "getFunction":
    case "functionExists": {
      const wanted = String(value.functionName).toLowerCase();
      const found = (rows: unknown[][]) => rows.filter(([one]) => String(one).toLowerCase() === wanted);
      return {
        relation: catalog({ case: "listFunctions", value: {} }),
        rows: (rows) => (name === "getFunction" ? found(rows) : [[found(rows).length > 0]]),
      };
    }
    case "listViews":
      return {
        relation: catalog({ case: "listTables", value: { dbName: value.dbName, pattern: value.pattern } }),
        rows: (rows) => rows.filter(([, , , , type]) => /^(?:TEMPORARY|VIEW)$/i.test(String(type))),
      };
    case "createDatabase": {
      const properties = Object.entries(value.properties ?? {}).map(
        ([key, text]) => `${literal(key)}=${literal(text)}`,
      );
      return statement(
        `CREATE DATABASE ${when(value.ifNotExists, "IF NOT EXISTS ")}${quotedName(value.dbName!)}` +
          when(properties.length > 0, ` WITH DBPROPERTIES (${properties.join(", ")})`),
      );
    }
    case "dropDatabase":
      return statement(
        `DROP DATABASE ${when(value.ifExists, "IF EXISTS ")}${quotedName(value.dbName!)}${when(value.cascade, " CASCADE")}`,
      );
    case "dropTable":
      return statement(
        `DROP TABLE ${when(value.ifExists, "IF EXISTS ")}${quotedName(value.tableName!)}${when(value.purge, " PURGE")}`,
      );
    case "dropView":
      return statement(`DROP VIEW ${when(value.ifExists, "IF EXISTS ")}${quotedName(value.viewName!)}`);
    default:
      return undefined;
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** The tables of the database of global temp views, to see whether one is there. */
export function globalViews(): Relation {
  return catalog({ case: "listTables", value: { dbName: quoted("global_temp") } });
}
