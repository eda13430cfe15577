import { expect, test } from "vitest";
import { PlanError } from "../connect/plan-error.ts";
import { col, rank, sum } from "./functions/index.ts";
import { Window, type WindowSpec } from "./window.ts";

function frameOf(window: WindowSpec): any {
  const { value } = sum("n").over(window).expression.exprType as any;
  return value.frameSpec;
}

const bounds = (window: WindowSpec) => {
  const { lower, upper } = frameOf(window);
  return [lower, upper].map(({ boundary }) =>
    boundary.case === "value" ? boundary.value.exprType.value.literalType : boundary.case,
  );
};

test("rows are counted in ints, distances in longs; 0 is the current row", () => {
  expect(bounds(Window.rowsBetween(-1, 0))).toEqual([{ case: "integer", value: -1 }, "currentRow"]);
  expect(bounds(Window.rangeBetween(-1, 7n))).toEqual([
    { case: "long", value: -1n },
    { case: "long", value: 7n },
  ]);
});

test("bounds beyond a long are unbounded", () => {
  const all = ["unbounded", "unbounded"];
  expect(bounds(Window.rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing))).toEqual(all);
  expect(bounds(Window.rowsBetween(-(2n ** 63n), 2n ** 63n - 1n))).toEqual(all);
  expect(bounds(Window.rangeBetween(-1e300, 1e300))).toEqual(all);
});

test("bounds that aren't whole, too far for rows, or the wrong way round are refused", () => {
  for (const [start, end, text] of [
    [0.5, 1, "rowsBetween() was given 0.5 as start.\nPass a whole number, or Window.unboundedPreceding"],
    [
      0,
      2 ** 40,
      "rowsBetween() was given 1099511627776 as end.\nPass a whole number, or Window.unboundedFollowing",
    ],
    [NaN, 0, "rowsBetween() was given NaN as start."],
    [1, 0, "rowsBetween() was given 1 to 0.\nPass the lower bound first."],
  ] as const) {
    expect(() => Window.rowsBetween(start, end)).toThrow(PlanError);
    expect(() => Window.rowsBetween(start, end)).toThrow(text);
  }
});

test("columns come one after another or in an array, orders as they are", () => {
  const window = Window.partitionBy(["a", col("b")]).orderBy("c", col("d").desc());
  const { value } = rank().over(window).expression.exprType as any;
  expect(value.partitionSpec).toHaveLength(2);
  expect(value.orderSpec.map((order: any) => order.direction)).toEqual([1, 2]);
  expect(() => Window.partitionBy(3 as never)).toThrow("partitionBy() was given 3.");
});
