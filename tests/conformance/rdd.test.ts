import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { RDD } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

type Pair = [string, number];

describe.each(engines)("RDD on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(context.folder, name);
    writeFileSync(path, content);
    return path;
  };
  const words = () =>
    sc()
      .parallelize(["a b a", "c", "", "b a"], 3)
      .flatMap((line) => line.split(" ").filter(Boolean));

  test("counts words", async () => {
    const counts = await words()
      .map((word): Pair => [word, 1])
      .reduceByKey((a, b) => a + b)
      .collect();
    expect(counts.sort()).toEqual([
      ["a", 3],
      ["b", 2],
      ["c", 1],
    ]);
  });

  test("collect keeps the order of the records, through every narrow operation", async () => {
    const numbers = sc().parallelize(
      Array.from({ length: 10_000 }, (_, i) => i),
      7,
    );
    const result = await numbers
      .map((n) => n * 2)
      .filter((n) => n % 3 === 0)
      .flatMap((n) => [n, -n])
      .collect();
    const expected = Array.from({ length: 10_000 }, (_, i) => i * 2)
      .filter((n) => n % 3 === 0)
      .flatMap((n) => [n, -n]);
    expect(result).toEqual(expected.map((n) => n));
  });

  test("partitions are those of PySpark, empty ones too", async () => {
    const partitions = (rdd: {
      mapPartitions: (f: (x: Iterable<number>) => Iterable<number[]>) => { collect(): Promise<number[][]> };
    }) => rdd.mapPartitions((items) => [[...items]]).collect();
    expect(await partitions(sc().parallelize([...Array(10).keys()], 3))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8, 9],
    ]);
    expect(await partitions(sc().parallelize([1], 3))).toEqual([[], [], [1]]);
    expect(await sc().parallelize([], 3).getNumPartitions()).toBe(3);
    expect(await sc().emptyRDD().getNumPartitions()).toBe(0);
    expect(await sc().emptyRDD().collect()).toEqual([]);
  });

  test("keyBy, mapValues, groupByKey and countByKey work on pairs", async () => {
    const byLength = words()
      .keyBy((word) => word.length)
      .mapValues((word) => word.toUpperCase());
    expect(await byLength.groupByKey().collect()).toEqual([[1, ["A", "B", "A", "C", "B", "A"]]]);
    expect(
      await words()
        .map((word): Pair => [word, 1])
        .countByKey(),
    ).toEqual(
      new Map([
        ["a", 3],
        ["b", 2],
        ["c", 1],
      ]),
    );
  });

  test("keys that are arrays or objects are compared by value", async () => {
    const keys = [
      ["x", 1],
      ["x", 1],
      { a: 1, b: 2 },
      { b: 2, a: 1 },
      new Date(5),
      new Date(5),
      null,
      undefined,
      null,
      NaN,
      NaN,
      0,
      -0,
    ];
    const counted = await sc()
      .parallelize(keys, 4)
      .map((key): [unknown, number] => [key, 1])
      .reduceByKey((a, b) => a + b)
      .collect();
    expect(counted).toHaveLength(7);
    const countOf = (key: unknown) =>
      counted.find(
        ([other]) => JSON.stringify(other) === JSON.stringify(key) && typeof other === typeof key,
      )?.[1];
    expect([["x", 1], { a: 1, b: 2 }, new Date(5), undefined, 0].map(countOf)).toEqual([2, 2, 2, 1, 2]);
    expect(
      await sc()
        .parallelize(
          [
            [1, 2],
            [1, 2],
            [2, 1],
          ],
          3,
        )
        .distinct()
        .count(),
    ).toBe(2);
  });

  test("a shuffle with many keys, of which most are alike, gives the same each time", async () => {
    const numbers = sc().parallelize(
      Array.from({ length: 30_000 }, (_, i) => i),
      5,
    );
    const pairs = numbers.map((n): [string, number] => [
      `a key that is long enough to be cut ${n % 9_000}`,
      n,
    ]);
    const first = await pairs.reduceByKey((a, b) => a + b, 3).collect();
    expect(first).toHaveLength(9_000);
    expect(first.reduce((sum, [, n]) => sum + n, 0)).toBe((30_000 * 29_999) / 2);
    expect(await pairs.reduceByKey((a, b) => a + b, 3).collect()).toEqual(first);
  });

  test("two shuffles follow each other", async () => {
    const counts = words()
      .map((word): Pair => [word, 1])
      .reduceByKey((a, b) => a + b);
    const byCount = await counts
      .map(([word, n]): [number, string] => [n, word])
      .groupByKey(2)
      .collect();
    expect(byCount.sort()).toEqual([
      [1, ["c"]],
      [2, ["b"]],
      [3, ["a"]],
    ]);
  });

  test("take, first, isEmpty, reduce and foreach", async () => {
    const numbers = sc().parallelize([...Array(100).keys()], 8);
    expect(await numbers.take(30)).toEqual([...Array(30).keys()]);
    expect(await numbers.filter((n) => n > 90).take(2)).toEqual([91, 92]);
    expect(await numbers.take(0)).toEqual([]);
    expect(await numbers.first()).toBe(0);
    expect(await numbers.isEmpty()).toBe(false);
    expect(await numbers.filter((n) => n > 200).isEmpty()).toBe(true);
    expect(await numbers.reduce((a, b) => a + b)).toBe(4950);
    await numbers.foreach((n) => n + 1);
    expect(await sc().parallelize([undefined], 1).first()).toBeUndefined();
  });

  test("take doesn't call a function on records that nobody asked for", async () => {
    const explosive = sc()
      .parallelize([1, 2, 3], 1)
      .map((n) => {
        if (n === 2) throw new Error("too far");
        return n;
      });
    expect(await explosive.take(1)).toEqual([1]);
  });

  test("first and reduce of no records are errors that say so", async () => {
    await expect(sc().parallelize([], 2).first()).rejects.toThrow(
      "first() of an RDD without records.\nAsk first",
    );
    await expect(
      sc()
        .emptyRDD<number>()
        .reduce((a) => a),
    ).rejects.toThrow("reduce() of an RDD without records.\nAsk first");
  });

  test("records keep what V8 keeps: Map, Set, Date, bigint, typed arrays, undefined, -0", async () => {
    const records = [
      new Map([["a", 1n]]),
      new Set([1]),
      new Date(7),
      Float32Array.of(1.5),
      undefined,
      null,
      -0,
      "漢\u{1f600}",
    ];
    expect(
      await sc()
        .parallelize(records, 2)
        .map((record) => record)
        .collect(),
    ).toStrictEqual(records);
  });

  test("instances keep their class, between stages and in the result", async () => {
    class Reading {
      host: string;
      value: number;
      constructor(host: string, value: number) {
        this.host = host;
        this.value = value;
      }
      get label() {
        return `${this.host}=${this.value}`;
      }
    }
    const readings = sc()
      .parallelize([1, 2, 3], 2)
      .map((n) => new Reading(`h${n % 2}`, n));
    const collected = await readings.collect();
    expect(collected[0]).toBeInstanceOf(Reading);
    expect(collected.map((reading) => reading.label)).toEqual(["h1=1", "h0=2", "h1=3"]);
    const grouped = await readings
      .keyBy((reading) => reading.host)
      .groupByKey()
      .mapValues((all) => all.map((r) => r.label))
      .collect();
    expect(grouped.sort()).toEqual([
      ["h0", ["h0=2"]],
      ["h1", ["h1=1", "h1=3"]],
    ]);
    const given = await sc()
      .parallelize([new Reading("x", 9)], 1)
      .map((reading) => reading.label)
      .collect();
    expect(given).toEqual(["x=9"]);
  });

  test("lookup finds keys in the partition of a function's number, however large it is", async () => {
    const large = 2n ** 60n + 1n;
    const placed = sc()
      .parallelize<[bigint, string]>([[large, "found"]], 2)
      .partitionBy(3, (key) => key);
    expect(await placed.lookup(large)).toEqual(["found"]);
  });

  test("records may hold instances at any depth, and rows that a DataFrame gave", async () => {
    class Port {
      number: number;
      next?: Port;
      constructor(number: number) {
        this.number = number;
      }
      get isLow() {
        return this.number < 1024;
      }
    }
    const port = new Port(80);
    port.next = Object.assign(new Port(8080), { next: port });
    const records = [{ port, more: new Map([["list", [new Set([port])]]]) }];
    const found = sc()
      .parallelize(records, 1)
      .map(({ port: { isLow, next }, more }) => [isLow, next!.isLow, [...more.get("list")![0]][0].isLow]);
    expect(await found.collect()).toEqual([[true, false, true]]);
    const rows = sc().parallelize(await context.spark.range(3).collect(), 2);
    expect(await rows.map((row) => row.get("id")).collect()).toEqual([0, 1, 2]);
  });

  test("what a function prints is shown here, with its partition", async () => {
    const lines: string[] = [];
    const { log } = console;
    console.log = (line: string) => void lines.push(line);
    try {
      await sc()
        .parallelize(["x"], 1)
        .foreach((record) => console.log("saw", { record }));
    } finally {
      console.log = log;
    }
    expect(lines).toEqual(["[partition 0] saw { record: 'x' }"]);
  });

  describe("textFile", () => {
    test("reads lines of any ending, split where Hadoop splits", async () => {
      const path = file("mixed.txt", "a\r\nb\rc\n\nd");
      const parts = await sc()
        .textFile(path, 3)
        .mapPartitions((lines) => [[...lines]])
        .collect();
      expect(parts).toEqual([["a", "b"], ["c"], ["", "d"]]);
    });

    test("reads folders, patterns, lists and gzip", async () => {
      mkdirSync(join(context.folder, "logs"));
      file("logs/2.log", "two\n");
      file("logs/1.log", "one\n");
      file("logs/3.gz", gzipSync("drei\nthree\n"));
      file("logs/_SUCCESS", "no");
      const at = (path: string) => sc().textFile(join(context.folder, path)).collect();
      expect(await at("logs")).toEqual(["one", "two", "drei", "three"]);
      expect(await at("logs/*.log")).toEqual(["one", "two"]);
      expect(await at(`logs/3.gz,${join(context.folder, "logs/2.log")}`)).toEqual(["drei", "three", "two"]);
      expect(await sc().textFile(`file://${context.folder}/logs/1.log`).collect()).toEqual(["one"]);
    });

    test("a large file is read by several partitions, every line once", async () => {
      const path = file("large.txt", Array.from({ length: 200_000 }, (_, i) => `line ${i} é`).join("\n"));
      const lines = sc().textFile(path, 6);
      expect(await lines.getNumPartitions()).toBe(6);
      expect(await lines.count()).toBe(200_000);
      const sum = await lines.map((line) => Number(line.split(" ")[1])).reduce((a, b) => a + b);
      expect(sum).toBe((200_000 * 199_999) / 2);
    });

    test("a missing file is an error of the action, with the whole path", async () => {
      const lines = sc()
        .textFile("no/such/file.txt")
        .map((line) => line.length);
      await expect(lines.count()).rejects.toThrow(
        `there is no file ${join(process.cwd(), "no/such/file.txt")}.\nCheck the path; a relative one starts at`,
      );
      await expect(sc().textFile("s3a://bucket/x").count()).rejects.toThrow("spark.read.text");
    });

    test("an empty file has no partitions", async () => {
      expect(await sc().textFile(file("empty.txt", "")).collect()).toEqual([]);
    });
  });

  test("toDebugString shows the stages", async () => {
    const rdd = words()
      .map((word): Pair => [word, 1])
      .reduceByKey((a, b) => a + b, 2)
      .mapValues((n) => n + 1);
    expect(await rdd.toDebugString()).toBe(
      "(2) mapValues\n |  reduceByKey\n +-(3) map\n     |  flatMap\n     |  parallelize",
    );
    expect(String(rdd)).toBe("RDD (parallelize → flatMap → map → reduceByKey → mapValues)");
  });

  test("sc says who it is", async () => {
    expect(await sc().version).toMatch(/^\d+\.\d+/);
    expect(await sc().appName).toBeTypeOf("string");
    sc().setLogLevel("warn");
    expect(() => sc().setLogLevel("loud")).toThrow("Pass one of ALL");
  });

  test.each<[string, (rdd: RDD<any>) => unknown, string]>([
    [
      "sortBy",
      (rdd) => rdd.sortBy((x) => x, { ascending: false } as never),
      "sortBy() was given an object for ascending.",
    ],
    ["sortByKey", (rdd) => rdd.sortByKey("desc" as never), 'sortByKey() was given "desc" for ascending.'],
    [
      "coalesce",
      (rdd) => rdd.coalesce(2, { shuffle: true } as never),
      "coalesce() was given an object for shuffle.",
    ],
    ["map", (rdd) => rdd.map((x) => x, 3 as never), "map() was given 3 for preservesPartitioning."],
    [
      "reduceByKey",
      (rdd) => rdd.reduceByKey((a) => a, { numPartitions: 2 } as never),
      "reduceByKey() was given an object for numPartitions.",
    ],
  ])("%s refuses what isn't true or false, or a number", (_, call, message) => {
    expect(() => call(context.spark.sparkContext.parallelize([[1, 2]]))).toThrow(message);
  });
});
