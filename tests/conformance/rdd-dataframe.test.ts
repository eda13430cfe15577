import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Decimal, types } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("createDataFrame of an RDD on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;

  test("takes arrays by position and objects by name", async () => {
    const arrays = sc()
      .parallelize(["a,1", "b,", "c,3"], 2)
      .map((line) => {
        const [host, n] = line.split(",");
        return [host, n === "" ? null : Number(n)];
      });
    const expected = [
      ["a", 1],
      ["b", null],
      ["c", 3],
    ];
    expect(
      valuesOf(
        await context.spark.createDataFrame(arrays, "host string, n bigint").orderBy("host").collect(),
      ),
    ).toEqual(expected);
    const objects = arrays.map(([host, n]) => ({ n, unused: true, host }));
    const schema = new types.StructType()
      .add("host", new types.StringType())
      .add("n", new types.IntegerType());
    expect(valuesOf(await context.spark.createDataFrame(objects, schema).orderBy("host").collect())).toEqual(
      expected,
    );
  });

  test("has a column for every type", async () => {
    const moment = new Date("2024-02-29T12:34:56.789Z");
    const record = {
      s: "漢字",
      b: Uint8Array.of(0, 255),
      t: true,
      i8: -128,
      i16: 32767,
      i: -2147483648,
      l: 2n ** 62n,
      f: 1.5,
      d: -0.1,
      day: moment,
      at: moment,
      micros: 1_700_000_000_123_456n,
      dec: "-12.30",
      list: [1, null, 3],
      map: { a: 1.5, b: null },
      struct: { x: "in", y: [["deep", 1n]] },
    };
    const rdd = sc()
      .parallelize([1, 2], 2)
      .map((n) => (n === 1 ? record : {}));
    const df = context.spark.createDataFrame(
      rdd,
      "s string, b binary, t boolean, i8 tinyint, i16 smallint, i int, l bigint, f float, d double, day date, at timestamp, " +
        "micros timestamp, dec decimal(10,2), list array<int>, map map<string,double>, struct struct<x:string,y:array<struct<k:string,v:bigint>>>",
    );
    const rows = await df.collect();
    const full = rows.find((row) => row.get("s") !== null)!;
    const empty = rows.find((row) => row.get("s") === null)!;
    expect(new Set(empty.toArray())).toEqual(new Set([null]));
    const get = (name: string) => full.get(name);
    expect([..."s t i8 i16 i f d".split(" ")].map(get)).toEqual([
      "漢字",
      true,
      -128,
      32767,
      -2147483648,
      1.5,
      -0.1,
    ]);
    expect([...(get("b") as Uint8Array)]).toEqual([0, 255]);
    expect(get("l")).toBe(2n ** 62n);
    expect((get("day") as Date).toISOString()).toBe("2024-02-29T00:00:00.000Z");
    expect((get("at") as Date).toISOString()).toBe(moment.toISOString());
    expect((get("micros") as { epochMicros: bigint }).epochMicros).toBe(1_700_000_000_123_456n);
    expect(String(get("dec") as Decimal)).toBe("-12.30");
    expect(get("list")).toEqual([1, null, 3]);
    expect(get("map")).toEqual(
      new Map([
        ["a", 1.5],
        ["b", null],
      ]),
    );
    const struct = get("struct") as { get(name: string): unknown };
    expect(struct.get("x")).toBe("in");
    expect((struct.get("y") as { toArray(): unknown[] }[]).map((row) => row.toArray())).toEqual([
      ["deep", 1],
    ]);
  });

  test("is written to Parquet and read again, many rows", async () => {
    const rdd = sc()
      .parallelize([...Array(4).keys()], 4)
      .flatMap((part) =>
        Array.from({ length: 25_000 }, (_, i) => [`host${i % 10}`, part * 25_000 + i] as [string, number]),
      );
    const path = join(context.folder, "many.parquet");
    await context.spark.createDataFrame(rdd, "host string, n bigint").write.mode("overwrite").parquet(path);
    const back = context.spark.read.parquet(path);
    await back.createOrReplaceTempView("many");
    const totals = await context.spark
      .sql("SELECT count(*), count(DISTINCT host), sum(n) FROM many")
      .collect();
    expect(valuesOf(totals)).toEqual([[100_000, 10, (100_000 * 99_999) / 2]]);
  });

  test("of a shuffle: what functions before it print and count isn't among its rows", async () => {
    const seen = sc().accumulator(0);
    const lines: string[] = [];
    const { log } = console;
    console.log = (line: string) => void lines.push(line);
    try {
      const counted = sc()
        .parallelize<[string, number]>(
          [
            ["a", 1],
            ["b", 2],
          ],
          2,
        )
        .map((pair) => {
          console.log("saw", pair[0]);
          seen.add(pair[1]);
          return pair;
        })
        .reduceByKey((a, b) => a + b);
      const rows = await context.spark.createDataFrame(counted, "k string, n bigint").orderBy("k").collect();
      expect(valuesOf(rows)).toEqual([
        ["a", 1],
        ["b", 2],
      ]);
    } finally {
      console.log = log;
    }
    expect(lines.toSorted()).toEqual(["[partition 0] saw a", "[partition 1] saw b"]);
    expect(seen.value).toBe(3);
  });

  test("has its rows in the order of the partitions at every run", async () => {
    const numbers = sc().parallelize([...Array(20).keys()], 4);
    // Later partitions are done sooner.
    const rdd = numbers
      .mapPartitions((records) => {
        const all = [...records];
        const until = Date.now() + (all[0] === 0 ? 60 : 0);
        while (Date.now() < until);
        return all;
      })
      .map((i) => [i]);
    const df = context.spark.createDataFrame(rdd, "i int");
    expect((await df.schema()).simpleString()).toBe("struct<i:int>");
    const expected = await rdd.collect();
    for (let run = 0; run < 5; run++) expect(valuesOf(await df.collect())).toEqual(expected);
    expect((await df.first())!.get("i")).toBe(0);
    expect(valuesOf(await df.limit(7).collect())).toEqual(expected.slice(0, 7));
    expect(valuesOf(await df.filter("i % 3 = 0").selectExpr("i * 2").collect())).toEqual(
      [0, 6, 12, 18, 24, 30, 36].map((i) => [i]),
    );
    expect(valuesOf(await df.orderBy(df.col("i").desc()).limit(1).collect())).toEqual([[19]]);
    expect(await df.count()).toBe(20);
  });

  test("keeps the order of many batches", async () => {
    const rdd = sc()
      .parallelize([0, 1, 2], 3)
      .flatMap((part) => Array.from({ length: 20_000 }, (_, i) => [part, part * 20_000 + i]));
    const rows = await context.spark.createDataFrame(rdd, "part int, n int").collect();
    expect(rows.map((row) => row.get(1))).toEqual([...Array(60_000).keys()]);
  });

  test("comes after a shuffle too", async () => {
    const counts = sc()
      .parallelize(["a", "b", "a"], 3)
      .map((w): [string, number] => [w, 1])
      .reduceByKey((a, b) => a + b);
    const df = context.spark.createDataFrame(counts, "word string, n int");
    expect(valuesOf(await df.orderBy("word").collect())).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  test("copies variables when it is called", async () => {
    let rate = 2;
    const df = context.spark.createDataFrame(
      sc()
        .parallelize([1], 1)
        .map((n) => [n * rate]),
      "n int",
    );
    rate = 99;
    expect(valuesOf(await df.collect())).toEqual([[2]]);
  });

  test.each<[string, unknown, string]>([
    ["a string in a bigint", ["x", "1"], 'has "1" (string) in column `n` of type long'],
    ["a fraction in a bigint", ["x", 1.5], "has 1.5 (number) in column `n` of type long"],
    [
      "a number that lost digits",
      ["x", 2 ** 60],
      "has 1152921504606847000 (number) in column `n` of type long",
    ],
    ["too few values", ["x"], "has 1 values, but the schema has 2 columns [host, n]"],
    [
      "null where the schema has none",
      [null, 1],
      "has null in column `host`, which the schema says is never null",
    ],
    ["a bare value", 5, "is 5 (number), not an array or an object"],
  ])("refuses %s, with record, column and value", async (_, record, what) => {
    const rdd = sc()
      .parallelize([["ok", 0], record], 1)
      .map((item) => item);
    const schema = new types.StructType()
      .add("host", new types.StringType(), false)
      .add("n", new types.LongType());
    const error = await context.spark
      .createDataFrame(rdd, schema)
      .collect()
      .then(
        () => undefined,
        (thrown: unknown) => thrown as Error,
      );
    expect(error?.message).toContain(`Record 1 of the partition ${what}`);
    expect(error?.message.split("\n")[1]).toContain("change the schema");
  });

  test("a missing file is an error of the first action", async () => {
    const lines = sc().textFile("nowhere.csv");
    const df = context.spark.createDataFrame(
      lines.map((line) => [line]),
      "l string",
    );
    await expect(df.count()).rejects.toThrow("nowhere.csv.\nCheck the path");
  });
});
