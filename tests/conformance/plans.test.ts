// Our messages beside those that pyspark's Connect client makes for the same calls. Needs no engine.
import { toJson } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RelationSchema } from "../../runtime/connect/generated/relations_pb.js";
import { DataFrame, PlanError, SparkSession } from "../../runtime/index.ts";
import { type Case, markOf } from "./recorded/case.ts";
import { evaluate } from "./recorded/evaluate.ts";
import { type Golden, loadAreas } from "./recorded/golden.ts";
import { maskDrawn, normalisePlan } from "./recorded/normalise-plan.ts";
import { RecordingServer } from "./recorded/recording-server.ts";

const areas = await loadAreas();

describe("plans beside pyspark's", () => {
  let server: RecordingServer;
  let spark: SparkSession;
  beforeAll(async () => {
    server = await RecordingServer.start();
    spark = await SparkSession.builder.remote(server.remote).getOrCreate();
  });
  afterAll(async () => {
    await spark?.stop();
    await server?.stop();
  });

  describe.each(areas)("$name", ({ cases, goldens }) => {
    for (const one of cases) test(one.text, () => check(one, goldens.get(one.text)));
  });

  async function check(one: Case, golden: Golden | undefined): Promise<void> {
    if (!golden) throw new Error("It isn't recorded: node tests/conformance/record.ts");
    const mark = markOf(one, "differs", "plan") ?? markOf(one, "gap", "client");
    if (!mark) return compare(one.text, golden);
    const isEqual = await compare(one.text, golden).then(
      () => true,
      () => false,
    );
    expect(isEqual, `its plan is pyspark's now: take the mark away (${mark.why})`).toBe(false);
  }

  async function compare(text: string, golden: Golden): Promise<void> {
    const from = server.requests.length;
    server.schemas = golden.asked ?? [];
    let plan: unknown;
    try {
      const result = await evaluate(text, spark);
      if (result instanceof DataFrame) {
        // Commands first: the answer of one may be a part of the plan.
        await result.query(() => Promise.resolve());
        plan = normalisePlan(toJson(RelationSchema, result.relation));
      }
    } catch (error) {
      // What pyspark or Spark refuses, ours may refuse sooner; and jobs here have no results.
      if (golden.error === undefined && !("value" in golden)) throw error;
      if (error instanceof TypeError || error instanceof ReferenceError) throw error;
      if (error instanceof PlanError && golden.error === undefined) throw error;
      if (error instanceof PlanError) return;
    }
    const requests = server.requests.slice(from).map(normalisePlan);
    if (golden.isClient) return;
    // pyspark asks at once what ours asks when a job runs: then it has no plan, only what it sent.
    if (golden.plan || golden.error === undefined) expect(maskDrawn(plan, golden.plan)).toEqual(golden.plan);
    if (requests.length > 0 || golden.requests) expect(requests).toEqual(golden.requests);
  }
});
