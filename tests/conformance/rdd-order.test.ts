// Ids of records after shuffles: the same each time, whichever order blocks come in.
import { describe, expect, test } from "vitest";
import { engines, sessionFor } from "../support/engines.ts";
import { numberedRecords } from "../support/order-rounds.ts";

const runs = 6;

describe.each(engines)("the order of records on %s", (engine) => {
  const context = sessionFor(engine);

  test("after a shuffle and two repartitions at parallelism 8 is the same each time, also beside other jobs", async () => {
    const options = { parallelism: 8 };
    const [first, ...others] = await numberedRecords(context.spark, options).then(async (records) => [
      records,
      ...(await Promise.all(Array.from({ length: runs - 1 }, () => numberedRecords(context.spark, options)))),
    ]);
    expect(first.map(({ index }) => index)).toEqual(first.map((_, at) => at));
    expect(new Set(first.map(({ uniqueId }) => uniqueId)).size).toBe(700);
    const sums = new Map<string, number>();
    for (let n = 0; n < 3000; n++) sums.set(`key ${n % 700}`, (sums.get(`key ${n % 700}`) ?? 0) + n);
    expect(new Map(first.map(({ record }) => record))).toEqual(sums);
    for (const other of others) expect(other).toEqual(first);
  });

  test("is the same when a worker is killed while it reads a shuffle and its task runs again", async ({
    skip,
  }) => {
    if (engine !== "sail") skip("npm run test:spark -- rdd-cluster: Spark on one machine runs no task again");
    const undisturbed = await numberedRecords(context.spark, { parallelism: 8 });
    const mark = `${context.folder}/died`;
    const died = await numberedRecords(context.spark, { parallelism: 8, diesOnceAt: mark });
    expect(died).toEqual(undisturbed);
  });
});
