import assert from "node:assert/strict";
import type { SparkSession } from "../../../runtime/index.ts";
import { valuesOf } from "../../support/engines.ts";

/** Does one thing for real and throws when the engine doesn't, or gives other values than Spark. */
export type Probe = (spark: SparkSession, folder: string) => Promise<void>;

/** The columns of the README's table, by the engine's name in `ENGINES`. */
export const tableEngines = { sail: "Sail (embedded)", spark: "Spark 4.2" } as const;

/** Something that an engine can't do. It fails its test when it starts to work, so that the table stays true. */
export interface KnownGap {
  readonly engine: keyof typeof tableEngines;
  readonly why: string;
  readonly link?: string;
}

export interface Capability {
  readonly title: string;
  readonly probe: Probe;
  readonly gaps: readonly KnownGap[];
}

export interface Area {
  readonly name: string;
  readonly capabilities: readonly Capability[];
}

export function capability(title: string, probe: Probe, ...gaps: KnownGap[]): Capability {
  return { title, probe, gaps };
}

export function knownGap(engine: KnownGap["engine"], why: string, link?: string): KnownGap {
  return { engine, why, link };
}

/** Runs a query and compares all its rows, in order, with literal ones. */
export function query(sql: string, rows: readonly (readonly unknown[])[]): Probe {
  return async (spark) => {
    assert.deepEqual(valuesOf(await spark.sql(sql).collect()), rows);
  };
}

/** Runs statements one after another; the last one's rows are compared if given. */
export function statements(sql: readonly string[], rows?: readonly (readonly unknown[])[]): Probe {
  return async (spark) => {
    let last: unknown[][] = [];
    for (const statement of sql) last = valuesOf(await spark.sql(statement).collect());
    if (rows) assert.deepEqual(last, rows);
  };
}
