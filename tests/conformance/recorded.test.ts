// Cases whose plans, schemas, rows and errors were recorded from pyspark on Spark: `node tests/conformance/record.ts`.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SparkSession } from "../../runtime/index.ts";
import { engines, remoteOf } from "../support/engines.ts";
import { type Case, markOf } from "./recorded/case.ts";
import { withoutNullability } from "./recorded/compact-schema.ts";
import { type Golden, loadAreas } from "./recorded/golden.ts";
import { type Outcome, outcomeOf } from "./recorded/outcome.ts";
import { isOrdered } from "./recorded/row-order.ts";
import { settings } from "./recorded/settings.ts";

const areas = await loadAreas();

describe.each(engines)("recorded cases on %s", (engine) => {
  let spark: SparkSession;
  beforeAll(async () => {
    spark = await SparkSession.builder.remote(remoteOf(engine)).getOrCreate();
    for (const [name, value] of Object.entries(settings)) await spark.conf.set(name, value);
  }, 240_000);
  afterAll(() => spark?.stop());

  describe.each(areas)("$name", ({ cases, goldens }) => {
    const said = cases.filter((one) => !markOf(one, "gap", "client"));
    for (const one of said) {
      const run = changesSession(one.text) ? test : test.concurrent;
      run(one.text, () => check(one, goldens.get(one.text)));
    }
  });

  async function check(one: Case, golden: Golden | undefined): Promise<void> {
    if (!golden) throw new Error("It isn't recorded: node tests/conformance/record.ts");
    const gap = markOf(one, "gap", engine);
    if (!gap) return expectRecorded(engine, one, golden, await outcomeOf(one.text, spark));
    const isAsRecorded = await outcomeOf(one.text, spark)
      .then((outcome) => {
        expectRecorded(engine, one, golden, outcome);
        return true;
      })
      .catch(() => false);
    expect(isAsRecorded, `it works on ${engine} now: take its gap away, then npm run generate`).toBe(false);
    // It failed as a gap does, not because the engine is gone.
    expect(await spark.range(2).count()).toBe(2);
  }
});

function expectRecorded(engine: string, one: Case, golden: Golden, outcome: Outcome): void {
  if (golden.error !== undefined) {
    const other = markOf(one, "otherError", engine);
    expect(outcome.error, "Spark refuses this").toBeDefined();
    // What pyspark refuses itself, ours may leave to Spark, or refuse in words of its own.
    if (golden.isClient || outcome.isClient) return;
    if (other) expect(condition(engine, outcome)).not.toBe(condition(engine, golden));
    else expect(condition(engine, outcome)).toBe(condition(engine, golden));
    return;
  }
  expect(outcome.said, "Spark doesn't refuse this").toBeUndefined();
  if ("value" in golden) return expect(outcome).toEqual({ value: golden.value });
  const isSpark = engine === "spark";
  expect(isSpark ? outcome.schema : withoutNullability(outcome.schema)).toEqual(
    isSpark ? golden.schema : withoutNullability(golden.schema),
  );
  const inOrder = isOrdered(one.text, golden.plan);
  expect(inOrder ? outcome.rows : sorted(outcome.rows)).toEqual(inOrder ? golden.rows : sorted(golden.rows));
}

// Sail names an error's family, not its kind: UNRESOLVED_COLUMN, not UNRESOLVED_COLUMN.WITH_SUGGESTION.
function condition(engine: string, { error }: Golden): string | undefined {
  return engine === "spark" ? error : error?.split(".")[0];
}

function sorted(rows: readonly unknown[] = []): unknown[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function changesSession(text: string): boolean {
  return /\b(?:steps|printed)\(/.test(text);
}
