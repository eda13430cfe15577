import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { SparkSession } from "../../runtime/index.ts";

/** The engines that the suites of `tests/conformance` run on: ENGINES=sail,spark. Default: sail. */
export const engines = (process.env.ENGINES ?? "sail").split(",");

// Spark generates code for each of thousands of plans and runs it once: compiling that twice, and collecting garbage
// beside it, takes half of the processors' time.
if (engines.includes("spark")) process.env.JDK_JAVA_OPTIONS ??= "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

/** What a session on this engine is asked for with. */
export function remoteOf(engine: string): string {
  return engine === "spark" ? (process.env.SPARK_REMOTE ?? "local[2]") : engine;
}

/** One session on an engine for the tests of a suite, and an empty folder; both are gone afterwards. */
export function sessionFor(engine: string): { readonly spark: SparkSession; readonly folder: string } {
  const context = { spark: undefined as unknown as SparkSession, folder: "" };
  beforeAll(async () => {
    context.folder = mkdtempSync(join(tmpdir(), "sightline-test-"));
    context.spark = await SparkSession.builder.remote(remoteOf(engine)).getOrCreate();
  }, 240_000);
  afterAll(async () => {
    await context.spark?.stop();
    rmSync(context.folder, { recursive: true, force: true });
  });
  return context;
}

/** Rows as plain arrays, for comparing with literal ones. */
export function valuesOf(rows: readonly { toArray(): unknown[] }[]): unknown[][] {
  return rows.map((row) => row.toArray());
}
