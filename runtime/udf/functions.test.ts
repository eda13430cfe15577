import { describe, expect, test } from "vitest";
import { capture } from "../rdd/closures/capture.ts";
import { col, Column, functions, upper } from "../index.ts";
import { idleFrame } from "../sql/test-frame.fixture.ts";

const F = functions as any;

describe("names that people try", () => {
  test.each([
    ["ne", "neq"],
    ["times", "multiply"],
    ["gte", "geq"],
    ["isIn", "isin"],
  ])("of a column: %s is %s", (name, ours) => {
    expect(() => (col("n") as any)[name]).toThrow(
      `Column has no member \`${name}\`: here it is called \`${ours}\`.\nUse .${ours}, or for a field`,
    );
    expect(col("n").getField(name)).toBeInstanceOf(Column);
    expect(typeof (Column.prototype as any)[ours]).toBe("function");
  });

  test("of functions and frames: underscores", () => {
    expect(() => F.count_distinct("n")).toThrow(
      "functions has no `count_distinct`: here it is called `countDistinct`.\nUse functions.countDistinct",
    );
    expect(() => F.ROW_NUMBER()).toThrow("Use functions.rowNumber, with the same arguments.");
    expect(() => (idleFrame() as any).group_by("n")).toThrow("Use .groupBy, or for a column of that name");
  });

  test("other names of functions are as they were", async () => {
    expect(F.upper).toBe(upper);
    expect([F.nothingOfTheKind, F.then, F.toString()]).toEqual([undefined, undefined, "[object Object]"]);
    expect(Object.keys(F).length).toBeGreaterThan(500);
    expect(await Promise.resolve(F)).toBe(F);
  });
});

describe("functions of columns inside a function of rows", () => {
  const message = (fn: object) => {
    try {
      capture([{ method: "udf", fn }], { isLocal: true, warn: () => {} });
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  test("are refused under the name that was written", () => {
    const rest =
      ", Spark's functions of columns, which the engine computes and executors don't have.\nInside, work on";
    const shout = upper;
    expect(message((x: string) => shout(x))).toContain(`uses \`shout\`${rest}`);
    expect(message((x: string) => F.upper(x))).toContain(`uses \`F\`${rest}`);
  });
});
