import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { PlanSchema } from "../../connect/generated/base_pb.js";
import type { Expression } from "../../connect/generated/expressions_pb.js";
import type { SparkError } from "../../connect/spark-error.ts";
import { expressionText } from "../../plan/expression-text.ts";
import { project, range } from "../../plan/relation.ts";
import * as F from "../functions/index.ts";
import type { Column } from "../column.ts";
import { Window } from "../window.ts";
import { planForSail } from "./plan-for-sail.ts";

function planOf(...columns: Column[]) {
  const value = project(
    range(0, 3, 1),
    columns.map(({ expression }) => expression),
  );
  return create(PlanSchema, { opType: { case: "root", value } });
}

function sent(...columns: Column[]): string[] {
  const { opType } = planForSail(planOf(...columns));
  const { relType } = opType.value as ReturnType<typeof range>;
  return (relType.value as { expressions: Expression[] }).expressions.map(expressionText);
}

function refusal(column: () => Column): SparkError {
  try {
    planForSail(planOf(column()));
  } catch (error) {
    return error as SparkError;
  }
  throw new Error("It isn't refused.");
}

describe("plans for Sail", () => {
  test("a plan in which nothing differs is the same object, and what was made is not made again", () => {
    const plan = planOf(F.lower("s"), F.col("n").plus(1));
    expect(planForSail(plan)).toBe(plan);
    const made = planForSail(planOf(F.isnan("d")));
    expect(planForSail(made)).toBe(made);
  });

  test("the plan that is given stays as it is", () => {
    const plan = planOf(F.zipWith("a", "b", (x, y) => F.isnan(x).or(F.isnan(y))));
    const before = JSON.stringify(plan, (_, value: unknown) =>
      typeof value === "bigint" ? `${value}` : value,
    );
    planForSail(plan);
    expect(
      JSON.stringify(plan, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value)),
    ).toBe(before);
  });

  test("columns that nobody named keep the name of what was written", () => {
    expect(sent(F.isnan("d"), F.isnan("d").alias("x"), F.isnan("a.b"))).toEqual([
      "coalesce(isnan(d), false) AS isnan(d)",
      "coalesce(isnan(d), false) AS x",
      "coalesce(isnan(a.b), false)",
    ]);
  });

  test("calls within others are sent in other words too, and the outer one keeps its name", () => {
    expect(sent(F.isnan("d").not())).toEqual(["not(coalesce(isnan(d), false)) AS (NOT isnan(d))"]);
  });

  test("a seed that was drawn is left out, one that was given isn't", () => {
    expect(sent(F.uuid(), F.uuid(3))).toEqual(["uuid() AS uuid()", "uuid(3)"]);
    expect(sent(F.shuffle("a"))).toEqual(["shuffle(a) AS shuffle(a)"]);
  });

  test("lists in windows lose their nulls, and percentiles are made of them", () => {
    const window = Window.partitionBy("g").orderBy("t");
    const list = "array_compact(collect_list(v) OVER (PARTITION BY g ORDER BY t))";
    expect(sent(F.collectList("v").over(window).alias("r"))).toEqual([`${list} AS r`]);
    expect(sent(F.percentileApprox("v", 0.5).over(window).alias("r"))[0]).toContain(
      `try_element_at(array_sort(array_compact(${list}))`,
    );
  });

  test("patterns that are constants mean what they mean in Java", () => {
    expect(sent(F.rlike("s", F.lit("\\d+")).alias("r"), F.rlike("s", F.col("p")).alias("r"))).toEqual([
      "rlike(s, '[0-9]+') AS r",
      "rlike(s, p) AS r",
    ]);
  });

  test("what Sail would answer with other values is refused, and says where it works", () => {
    const error = refusal(() => F.maxBy("s", "i", 2));
    expect(error.message).toBe(
      "UNSUPPORTED_FEATURE: Sail can't do this: max_by() for several values; it gives the first alone.\n" +
        "Run it on Spark: `npm run setup -- --spark`, then start with SPARK_REMOTE=local[*].",
    );
    const calls: [() => Column, string][] = [
      [() => F.percentile("i", 0.5, F.col("n")), "percentile() with frequencies; it counts each value once"],
      [
        () => F.getJsonObject("j", "$.a[*].b"),
        "[*] in the path of get_json_object(): $.a[*].b; from_json() gives the array",
      ],
      [
        () => F.toJson("r", { ignoreNullFields: "false" }),
        "to_json() with ignoreNullFields false; it leaves out what is null",
      ],
      [
        () => F.fromJson("j", "a int", { mode: "failfast" }),
        'from_json() with mode "FAILFAST"; it gives null for what is no JSON',
      ],
      [() => F.aesEncrypt("s", "k", F.lit("ECB")), 'aes_encrypt() with mode "ECB"; "GCM" and "CBC" work'],
    ];
    for (const [call, said] of calls)
      expect(refusal(call).message).toContain(`Sail can't do this: ${said}.\n`);
  });

  test("what Spark refuses and Sail doesn't is refused", () => {
    expect(refusal(() => F.rowNumber().over(Window.partitionBy("g"))).message).toBe(
      "WINDOW_FUNCTION_FRAME_NOT_ORDERED: row_number() goes by the order of rows, and its window has none.\n" +
        'Give it one: Window.partitionBy("host").orderBy("time")',
    );
    expect(refusal(() => F.years("d")).message).toBe(
      "PARTITION_TRANSFORM_EXPRESSION_NOT_IN_PARTITIONED_BY: years() says how a table is partitioned, and stands in " +
        "partitionedBy() alone.\nFor a value use date_trunc(), date_format() or hash().",
    );
    expect(refusal(() => F.slice("a", 0, 1)).message).toBe(
      "INVALID_PARAMETER_VALUE.START: slice() was told to start at 0, and positions begin at 1.\n" +
        "Pass 1 for the first element, or -1 for the last.",
    );
  });
});
