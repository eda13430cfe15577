import { expect, test } from "vitest";
import { col, type Column, type DataFrame } from "../../runtime/index.ts";
import { sessionFor, valuesOf } from "../support/engines.ts";

const context = sessionFor("sail");

test("a plan of 500 steps and an expression of 1,000 leave the embedded engine alive", async () => {
  let steps: DataFrame = context.spark.range(3);
  for (let i = 0; i < 500; i++) steps = steps.withColumn("id", col("id").plus(1));
  expect(valuesOf(await steps.collect())).toEqual([[500], [501], [502]]);

  let sum: Column = col("id");
  for (let i = 0; i < 1000; i++) sum = sum.plus(1);
  expect(valuesOf(await context.spark.range(1).select(sum.alias("n")).collect())).toEqual([[1000]]);
});

test("a message above what the embedded engine takes is refused, and the session goes on", async () => {
  const { spark } = context;
  const large = spark.createDataFrame([[Buffer.alloc(129 << 20)]], "b binary");
  await expect(large.count()).rejects.toThrow(/has 130 MiB; the engine takes 128 MiB.*\nAppend it in parts/);
  expect(await spark.range(3).count()).toBe(3);
});
