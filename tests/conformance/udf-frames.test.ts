import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Int32, type RecordBatch, Table, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { type DataFrame, functions as F, type GroupKey, type RowFrame, types } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("functions over batches and groups on %s", (engine) => {
  const context = sessionFor(engine);
  const frame = () =>
    context.spark.createDataFrame(
      [
        ["a", 1],
        ["a", 5],
        ["b", 2],
        [null, null],
      ],
      "k string, n int",
    );
  const other = () =>
    context.spark.createDataFrame(
      [
        ["a", 10],
        ["c", 20],
        [null, 30],
      ],
      "name string, v int",
    );
  const sorted = async (df: DataFrame) =>
    valuesOf(await df.collect()).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

  test("mapInArrow gives batches to a generator and takes what it yields", async () => {
    const all = frame().mapInArrow((batches) => batches, "k string, n int");
    expect(await sorted(all)).toEqual([
      ["a", 1],
      ["a", 5],
      ["b", 2],
      [null, null],
    ]);
    const counts = frame().mapInArrow(function* (batches) {
      for (const batch of batches) yield tableFromArrays({ rows: Int32Array.of(batch.numRows) });
    }, "rows bigint");
    const total = valuesOf(await counts.collect()).reduce((sum, [n]) => sum + (n as number), 0);
    expect(total).toBe(4);
  });

  test("mapInArrow matches columns by name, and takes vectors of any kind", async () => {
    const df = context.spark.range(1).mapInArrow(function* (batches) {
      for (const { numRows } of batches) {
        const text = vectorFromArray(Array.from({ length: numRows }, () => "x"));
        const plain = vectorFromArray(["é"], new Utf8());
        yield new Table({ later: text, n: vectorFromArray([7], new Int32()), plain });
      }
    }, "n bigint, plain string, later string");
    expect(valuesOf(await df.collect())).toEqual([[7, "é", "x"]]);
  });

  test("a partition may be left before its end, or given nothing back", async () => {
    const first = context.spark.range(0, 50_000, 1, 1).mapInArrow(function* (batches) {
      for (const batch of batches) {
        yield batch.slice(0, 1);
        return;
      }
    }, "id bigint");
    expect(valuesOf(await first.collect())).toEqual([[0]]);
    expect(
      await frame()
        .mapInArrow(() => [], "id bigint")
        .collect(),
    ).toEqual([]);
    expect(
      await frame()
        .filter("n > 9")
        .mapInArrow((batches) => batches, "k string, n int")
        .collect(),
    ).toEqual([]);
  });

  test("mapInPandas gives rows, and takes arrays and objects", async () => {
    const df = frame().mapInPandas(function* (frames) {
      for (const rows of frames) {
        yield rows.filter((row) => (row.n as number) > 1);
        yield [{ n: rows.length > 0 ? 0 : 1, k: "end" }];
      }
    }, "k string, n int");
    const rows = await sorted(df);
    expect(rows.slice(0, 2)).toEqual([
      ["a", 5],
      ["b", 2],
    ]);
    expect(rows[2]).toEqual(["end", 0]);
  });

  test("applyInArrow gets each group's table, nulls together, and its key", async () => {
    const sizes = frame()
      .groupBy("k")
      .applyInArrow(
        (key: GroupKey, table: Table) =>
          tableFromArrays({
            k: [key[0]],
            n: Int32Array.of(table.numRows),
            columns: [table.schema.names.join()],
          }),
        "k string, n int, columns string",
      );
    expect(await sorted(sizes)).toEqual([
      ["a", 2, "k,n"],
      ["b", 1, "k,n"],
      [null, 1, "k,n"],
    ]);
    const first = frame()
      .groupBy("k")
      .applyInArrow((table) => table.slice(0, 1), "k string, n int");
    expect((await sorted(first)).map(([k]) => k)).toEqual(["a", "b", null]);
  });

  test("groups by expressions, by nothing, and of no rows", async () => {
    const odd = frame()
      .filter("n IS NOT NULL")
      .groupBy(F.upper("k"), F.col("n").mod(2))
      .applyInPandas((key: GroupKey, rows: RowFrame) => [[...key, rows.length]], "k string, n int, rows int");
    expect(await sorted(odd)).toEqual([
      ["A", 1, 2],
      ["B", 0, 1],
    ]);
    const all = frame()
      .groupBy()
      .applyInPandas((rows) => [[rows.length]], "n int");
    expect(valuesOf(await all.collect())).toEqual([[4]]);
    const none = frame()
      .filter("n > 9")
      .groupBy("k")
      .applyInPandas((rows) => [[rows.length]], "n int");
    expect(await none.collect()).toEqual([]);
  });

  test("applyInPandas reads rows and columns", async () => {
    const df = frame()
      .groupBy("k")
      .applyInPandas((rows) => {
        const n = rows.column("n").filter((x) => x !== null) as number[];
        return [{ k: rows.row(0).k, total: n.reduce((a, b) => a + b, 0), names: rows.columns.join() }];
      }, "k string, total double, names string");
    expect(await sorted(df)).toEqual([
      ["a", 6, "k,n"],
      ["b", 2, "k,n"],
      [null, 0, "k,n"],
    ]);
  });

  test("cogroups have the keys of both sides, with an empty table where one has none", async () => {
    const both = () => frame().groupBy("k").cogroup(other().groupBy("name"));
    const counted = both().applyInPandas(
      (key: GroupKey, left: RowFrame, right: RowFrame) => [
        [key[0], left.length, right.length, right.columns.join()],
      ],
      "k string, l int, r int, names string",
    );
    expect(await sorted(counted)).toEqual([
      ["a", 2, 1, "name,v"],
      ["b", 1, 0, "name,v"],
      ["c", 0, 1, "name,v"],
      [null, 1, 1, "name,v"],
    ]);
    const onlyLeft = both().applyInArrow(
      (left, right) => (right.numRows === 0 ? left : left.slice(0, 0)),
      "k string, n int",
    );
    expect(await sorted(onlyLeft)).toEqual([["b", 2]]);
  });

  test("schemas with hostile names, as StructType", async () => {
    const name = 'we`ird "x.y"\n😀\'';
    const schema = new types.StructType().add(name, new types.IntegerType());
    const df = frame().select(F.col("n").alias(name));
    expect(await sorted(df.mapInArrow((batches) => batches, schema))).toEqual([[1], [2], [5], [null]]);
    const grouped = df.groupBy(`\`${name.replaceAll("`", "``")}\``).applyInArrow((table) => table, schema);
    expect(await sorted(grouped)).toEqual([[1], [2], [5], [null]]);
  });

  test("foreach and foreachPartition are called with every row", async ({ skip }) => {
    if (!context.spark.engine.isLocal) skip("unset SPARK_REMOTE: files of executors are read");
    const folder = mkdtempSync(join(tmpdir(), "sightline-foreach-"));
    try {
      await frame().foreach((row) => writeFileSync(join(folder, `${row.k}-${row.n}`), ""));
      expect(readdirSync(folder).sort()).toEqual(["a-1", "a-5", "b-2", "null-null"]);
      const rows = context.spark.range(0, 20_000, 1, 1);
      const done: void = await rows.foreachPartition((all) => {
        let sum = 0;
        for (const row of all) sum += row.id as number;
        writeFileSync(join(folder, "sum"), String(sum));
      });
      expect(done).toBeUndefined();
      expect(readFileSync(join(folder, "sum"), "utf8")).toBe("199990000");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("many batches go through in bounded memory and in order", async () => {
    const df = context.spark.range(0, 300_000, 1, 1).mapInArrow(function* (batches) {
      let next = 0;
      for (const batch of batches as Iterable<RecordBatch>) {
        const ids = batch.getChildAt(0)!;
        for (let i = 0; i < ids.length; i++)
          if (Number(ids.get(i)) !== next++) throw new Error(`not ${next - 1}`);
        yield batch;
      }
    }, "id bigint");
    expect(valuesOf(await df.selectExpr("count(*)", "sum(id)").collect())).toEqual([
      [300_000, 44_999_850_000],
    ]);
  });

  test("arguments of the wrong kind are refused with what to pass", () => {
    const df = frame();
    const groups = df.groupBy("k");
    expect(() => df.mapInArrow(5 as never, "n int")).toThrow(
      "mapInArrow() was given number, not a function.\nPass one",
    );
    expect(() => df.mapInArrow((b) => b, undefined as never)).toThrow(
      "was given no schema.\nPass that of its rows",
    );
    expect(() => df.mapInArrow((b) => b, "int")).toThrow("\nWrite columns as in");
    expect(() => df.mapInArrow((b) => b, new types.IntegerType())).toThrow(
      "not a schema.\nPass columns with types",
    );
    expect(() =>
      groups.applyInArrow(((a: unknown, b: unknown, c: unknown) => [a, b, c]) as never, "n int"),
    ).toThrow("a function of 3 parameters.\nTake the group's table");
    expect(() => groups.cogroup(df as never)).toThrow("not groups.\nGroup the other frame too");
    expect(() => groups.cogroup(df.groupBy("k", "n"))).toThrow(
      "cogroup() of 1 keys with 2.\nGroup both frames",
    );
    expect(() =>
      df
        .groupBy("k")
        .pivot("n", [1])
        .applyInArrow((t) => t, "n int"),
    ).toThrow("can't follow pivot().\nGroup by the column instead");
    expect(() => df.foreach(async () => {})).toThrow("foreach() was given an async function");
  });
});
