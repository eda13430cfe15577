import { describe, expect, test } from "vitest";
import type { Vector } from "apache-arrow";
import { arrowUdf, functions as F, pandasUdf, types, udf, Window } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("functions over columns on %s", (engine) => {
  const context = sessionFor(engine);
  const frame = () =>
    context.spark.createDataFrame(
      [
        ["a", 1],
        ["é", 2],
        [null, null],
      ],
      "s string, n int",
    );
  const rows = async (df: { collect(): Promise<{ toArray(): unknown[] }[]> }) => valuesOf(await df.collect());

  test("a function gets the values of each row, nulls too, and a variable as it is when it is called", async () => {
    let step = 10;
    const add = udf((n: number | null) => (n === null ? -1 : n + step), "int");
    const withTen = frame().select(add("n"));
    step = 100;
    expect(await rows(withTen)).toEqual([[11], [12], [-1]]);
    expect(await rows(frame().select(add("n")))).toEqual([[101], [102], [-1]]);
  });

  test("text is the type by default, undefined is null, and the column has the function's name", async () => {
    const shout = udf(function shout(s: string | null) {
      return s === null ? undefined : s.toUpperCase();
    });
    const df = frame().select(shout("s"));
    expect(Object.keys((await df.collect())[0])).toEqual(["shout(s)"]);
    expect(await rows(df)).toEqual([["A"], ["É"], [null]]);
  });

  test("a type can be DDL, a data type, a struct's columns, or come first", async () => {
    const n = F.col("n");
    const twice = udf(new types.LongType())((x: number) => x * 2);
    const pair = udf((x: number) => ({ x, y: `<${x}>` }), "x int, y string");
    const list = udf((x: number) => [x, null], new types.ArrayType(new types.IntegerType()));
    const df = frame().filter("n = 2").select(twice(n), pair(n).getField("y"), list(n));
    expect(await rows(df)).toEqual([[4, "<2>", [2, null]]]);
  });

  test("several in one select, one in another, and one of two columns", async () => {
    const half = udf((x: number) => x / 2, "double");
    const join = udf((s: string, x: number) => `${s}${x}`);
    const df = frame()
      .filter("n IS NOT NULL")
      .select(half(half("n")), join("s", half("n")), join(F.upper("s"), F.lit(7)), half("n").plus(1));
    expect(await rows(df)).toEqual([
      [0.25, "a0.5", "A7", 1.5],
      [0.5, "é1", "É7", 2],
    ]);
  });

  test("in filter, groupBy, orderBy, join and withColumn", async () => {
    const odd = udf((x: number | null) => x !== null && x % 2 === 1, "boolean");
    expect(await rows(frame().filter(odd("n")))).toEqual([["a", 1]]);
    const grouped = frame().groupBy(odd("n").alias("odd")).count().orderBy("odd");
    expect(await rows(grouped)).toEqual([
      [false, 2],
      [true, 1],
    ]);
    const negative = udf((x: number | null) => -(x ?? 0), "int");
    expect(await rows(frame().orderBy(negative("n")).select("n"))).toEqual([[2], [1], [null]]);
    const other = context.spark.createDataFrame([["A"], ["B"]], "big string");
    const same = udf((s: string | null, big: string) => s?.toUpperCase() === big, "boolean");
    expect(await rows(frame().join(other, same("s", "big")).select("n", "big"))).toEqual([[1, "A"]]);
    const withIt = frame().filter("n = 1").withColumn("m", negative("n"));
    expect(await rows(withIt)).toEqual([["a", 1, -1]]);
  });

  test("over no rows, and without arguments", async () => {
    const inc = udf((x: number) => x + 1, "int");
    expect(await rows(frame().filter("n > 100").select(inc("n")))).toEqual([]);
    const seven = udf(() => 7, "int");
    expect(await rows(frame().select(seven().alias("x"), "n"))).toEqual([
      [7, 1],
      [7, 2],
      [7, null],
    ]);
    const count = udf((...all: unknown[]) => all.length, "int");
    expect(
      await rows(
        frame()
          .limit(1)
          .select(count(), count("s", "n", "n")),
      ),
    ).toEqual([[0, 3]]);
  });

  test("of columns with hostile names", async () => {
    const name = 'we`ird "x.y"\n😀\'';
    const df = frame().select(F.col("n").alias(name));
    const inc = udf((x: number | null) => x && x + 1, "int");
    const quoted = `\`${name.replaceAll("`", "``")}\``;
    expect(await rows(df.select(inc(quoted)))).toEqual([[2], [3], [null]]);
  });

  test("functions, classes and constants of the file come along", async () => {
    class Scale {
      factor = 3;
      of(x: number) {
        return x * this.factor;
      }
    }
    const scale = new Scale();
    const limits = new Map([["a", 2]]);
    const clamp = (x: number, most: number) => Math.min(x, most);
    const f = udf((s: string, x: number) => clamp(scale.of(x), limits.get(s) ?? 100), "int");
    expect(await rows(frame().filter("n > 0").select(f("s", "n")))).toEqual([[2], [6]]);
  });

  test("asNondeterministic keeps the function and tells the engine", async () => {
    const roll = udf((x: number) => x + Math.floor(Math.random()), "int");
    expect(roll.deterministic).toBe(true);
    const loose = roll.asNondeterministic();
    expect([loose.deterministic, loose.func, loose.returnType]).toEqual([false, roll.func, "integer"]);
    expect(await rows(frame().limit(1).select(loose("n")))).toEqual([[1]]);
  });

  test("a function of vectors is called once a batch", async () => {
    const scaled = arrowUdf(
      (n: Vector) => Float64Array.from(n, (x: number | null) => (x ?? NaN) * 1.5),
      "double",
    );
    expect(await rows(frame().select(scaled("n")))).toEqual([[1.5], [3], [NaN]]);
    const lengths = arrowUdf((s: Vector, n: Vector) => {
      const out = [];
      for (let i = 0; i < s.length; i++) out.push(s.isValid(i) ? `${s.get(i)}${n.get(i)}` : null);
      return out;
    });
    expect(await rows(frame().select(lengths("s", "n")))).toEqual([["a1"], ["é2"], [null]]);
    const same = pandasUdf((s: Vector) => s);
    expect(await rows(frame().select(same("s")))).toEqual([["a"], ["é"], [null]]);
  });

  test("a function of vectors can make a group's one value, also in a window", async () => {
    const range = arrowUdf(
      (n: Vector) => {
        const values = [...n].filter((x) => x !== null) as number[];
        return values.length === 0 ? null : Math.max(...values) - Math.min(...values);
      },
      "int",
      "groupedAgg",
    );
    const df = context.spark.createDataFrame(
      [
        ["a", 1],
        ["a", 7],
        ["b", 5],
        ["c", null],
      ],
      "k string, n int",
    );
    expect(await rows(df.groupBy("k").agg(range("n")).orderBy("k"))).toEqual([
      ["a", 6],
      ["b", 0],
      ["c", null],
    ]);
    const window = range("n").over(Window.partitionBy("k"));
    expect(await rows(df.select("k", window).orderBy("k"))).toEqual([
      ["a", 6],
      ["a", 6],
      ["b", 0],
      ["c", null],
    ]);
  });

  test("a name in SQL, for functions and for those made by udf", async () => {
    const { spark } = context;
    const shout = spark.udf.register("shout", (s: string | null) => s && `${s.toUpperCase()}!`);
    spark.udf.register("seven", () => 7, "int");
    spark.udf.register("how_many", (...all: unknown[]) => all.length, "int");
    spark.udf.register(
      "tripled",
      udf((x: number) => x * 3, "bigint"),
    );
    const df = spark.sql(
      "SELECT shout(s), seven(), how_many(1, 2), tripled(n) + seven() FROM VALUES ('q', 1), (NULL, 2) AS t(s, n)",
    );
    expect(await rows(df)).toEqual([
      ["Q!", 7, 2, 10],
      [null, 7, 2, 13],
    ]);
    expect(await rows(frame().select(shout("s")).limit(1))).toEqual([["A!"]]);
    expect(await rows(spark.sql("SELECT SHOUT('x')"))).toEqual([["X!"]]);
    spark.udf.register("shout", (s: string) => `${s}?`);
    expect(await rows(spark.sql("SELECT shout('x')"))).toEqual([["x?"]]);
  });
});
