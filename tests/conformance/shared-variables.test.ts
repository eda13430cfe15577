import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { AccumulatorParam, ClosureError, PlanError } from "../../runtime/index.ts";
import { udf } from "../../runtime/udf/udf.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

class Point {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  get length() {
    return Math.hypot(this.x, this.y);
  }
}

class Totals extends AccumulatorParam<Map<string, number>> {
  override zero() {
    return new Map<string, number>();
  }
  override addInPlace(a: Map<string, number>, b: Map<string, number>) {
    for (const [key, n] of b) a.set(key, (a.get(key) ?? 0) + n);
    return a;
  }
}

class Farthest extends AccumulatorParam<Point> {
  override zero() {
    return new Point(0, 0);
  }
  override addInPlace(a: Point, b: Point) {
    return a.length > b.length || (a.length === b.length && a.x >= b.x) ? a : b;
  }
}

/** A collection of garbage, now. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

describe.each(engines)("broadcast variables on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const files = () =>
    readdirSync(context.spark.sessionFolder).filter((name) => name.startsWith("broadcast-"));

  test("are read by functions of RDDs, as they were when they were made", async () => {
    const value = {
      names: new Map([["SE", "Sweden"]]),
      floats: Float64Array.of(1.5, -0),
      big: 2n ** 70n,
      points: [new Point(3, 4)],
    };
    const b = sc().broadcast(value);
    value.names.set("NO", "later");
    const found = await sc()
      .parallelize(["SE", "NO"], 2)
      .map((code) => [
        b.value.names.get(code) ?? null,
        b.value.floats[1],
        b.value.big,
        b.value.points[0] instanceof Point && b.value.points[0].length,
      ])
      .collect();
    expect(found).toEqual([
      ["Sweden", -0, 2n ** 70n, 5],
      [null, -0, 2n ** 70n, 5],
    ]);
    expect(b.value).toBe(value);
    const back = await sc()
      .parallelize([0], 1)
      .map((at) => b.value.points[at])
      .collect();
    expect(back).toEqual([new Point(3, 4)]);
    expect(back[0]).toBeInstanceOf(Point);
  });

  test("are read by functions over columns, and by rows made of RDDs", async () => {
    const b = sc().broadcast(new Map([[1, "one"]]));
    const named = udf((n: number) => b.value.get(n) ?? null, "string");
    const df = context.spark.range(1, 3).select(named("id"));
    expect(valuesOf(await df.collect())).toEqual([["one"], [null]]);
    const rows = sc()
      .parallelize([1, 2], 2)
      .map((n) => [b.value.get(n) ?? null]);
    const made = context.spark.createDataFrame(rows, "name string");
    expect(new Set(valuesOf(await made.collect()).flat())).toEqual(new Set(["one", null]));
    b.unpersist();
    expect(valuesOf(await df.collect())).toEqual([["one"], [null]]);
  });

  test("of 20 MB aren't copied into the plan: no warning, and nothing more is sent", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const b = sc().broadcast("é".repeat(5 << 20) + "x".repeat(10 << 20));
    const lengths = await sc()
      .parallelize([1, 2, 3, 4], 4)
      .map((n) => b.value.length + n)
      .collect();
    expect(lengths).toEqual([1, 2, 3, 4].map((n) => (15 << 20) + n));
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
    b.destroy();
  });

  test("lie in files that this account alone can read, which go with destroy()", async () => {
    // Those of earlier tests may go at any moment.
    const before = files();
    const b = sc().broadcast([1, 2, 3]);
    const [file, ...others] = files().filter((name) => !before.includes(name));
    expect(others).toEqual([]);
    expect(statSync(join(context.spark.sessionFolder, file)).mode & 0o777).toBe(0o600);
    expect(
      await sc()
        .parallelize([0, 1], 2)
        .flatMap(() => b.value)
        .collect(),
    ).toEqual([1, 2, 3, 1, 2, 3]);
    const use = sc()
      .parallelize([0], 1)
      .map((at) => b.value[at]);
    b.destroy();
    b.destroy();
    b.unpersist();
    expect(files()).not.toContain(file);
    expect(() => b.value).toThrow(PlanError);
    expect(() => b.value).toThrow("was read after destroy().\nBroadcast it again");
    const failure = await use.collect().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ClosureError);
    expect((failure as Error).message).toMatch(
      /^The function given to map uses `b`, a broadcast variable that was destroyed\.\nBroadcast the value again/,
    );
  });

  test("a function that was sent before says that the variable is gone", async (test) => {
    if (!context.spark.engine.isLocal) test.skip("unset SPARK_REMOTE: executors elsewhere keep the file");
    const b = sc().broadcast("here");
    const rows = context.spark.range(1).select(udf(() => b.value, "string")());
    b.destroy();
    await expect(rows.collect()).rejects.toThrow(
      /The value of a broadcast variable isn't there: it was destroyed, or belongs to a session that has ended/,
    );
  });

  test("files go with variables that nobody has any more", async () => {
    const before = files().length;
    (() => {
      for (let i = 0; i < 20; i++) sc().broadcast([i]);
    })();
    for (let i = 0; i < 50 && files().length > before; i++) {
      collectGarbage();
      await sleep(20);
    }
    // V8 may hold the last one in a register.
    expect(files().length).toBeLessThanOrEqual(before + 1);
  });

  test("functions and what belongs to this process are refused at once", () => {
    expect(() => sc().broadcast({ parse: (text: string) => text })).toThrow(
      "What was given to broadcast() has `value.parse`, a function, and a value that is shared is data.\nLeave the",
    );
    expect(() => sc().broadcast([context.spark])).toThrow(/`value\[0\]`, the Spark session/);
    expect(() =>
      sc()
        .broadcast(1)
        .unpersist("yes" as unknown as boolean),
    ).toThrow(/true or false/);
  });

  test("can't be destroyed by a function", async () => {
    const b = sc().broadcast(1);
    const calls = sc()
      .parallelize([1], 1)
      .map(() => b.destroy());
    await expect(calls.collect()).rejects.toThrow(/can only be destroyed where it was made/);
  });
});

describe.each(engines)("accumulators on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;

  test("count each partition of an action once", async () => {
    const count = sc().accumulator(100);
    const sum = sc().accumulator(2n ** 70n);
    await sc()
      .range(0, 1000, 1, 4)
      .foreach((n) => {
        count.add(1);
        sum.add(BigInt(n));
      });
    expect([count.value, sum.value]).toEqual([1100, 2n ** 70n + 499_500n]);
    count.value = 5;
    count.add(2);
    expect(count.value).toBe(7);
    expect(String(count)).toBe("7");
  });

  test("count in the stages before a shuffle, too, and ten of them in one job", async () => {
    const counts = Array.from({ length: 10 }, () => sc().accumulator(0));
    const keys = sc()
      .range(0, 100, 1, 3)
      .map((n) => {
        counts.forEach((count, index) => count.add(index));
        return [n % 7, 1] as [number, number];
      })
      .reduceByKey((a, b) => a + b);
    expect(await keys.count()).toBe(7);
    expect(counts.map((count) => count.value)).toEqual(counts.map((_, index) => index * 100));
  });

  test("add whatever a class of the user's adds", async () => {
    const totals = sc().accumulator(new Map([["start", 1]]), new Totals());
    const farthest = sc().accumulator(new Point(0, 1), new Farthest());
    const lists = sc().accumulator<number[]>([], { zero: () => [], addInPlace: (a, b) => a.concat(b) });
    await sc()
      .parallelize(["a", "b", "a", "c"], 2)
      .zipWithIndex()
      .foreach(([word, n]) => {
        totals.add(new Map([[word, 1]]));
        farthest.add(new Point(n, n));
        lists.add([n]);
      });
    expect(totals.value).toEqual(
      new Map([
        ["start", 1],
        ["a", 2],
        ["b", 1],
        ["c", 1],
      ]),
    );
    expect(farthest.value).toEqual(new Point(3, 3));
    expect(farthest.value).toBeInstanceOf(Point);
    expect(lists.value).toHaveLength(4);
    expect(new Set(lists.value)).toEqual(new Set([0, 1, 2, 3]));
  });

  test("a partition that is kept counts once, one that isn't each time it is made", async () => {
    const [kept, made] = [sc().accumulator(0), sc().accumulator(0)];
    const numbers = sc().range(0, 50, 1, 3);
    const cached = numbers.map((n) => (kept.add(1), n)).cache();
    const plain = numbers.map((n) => (made.add(1), n));
    for (let i = 0; i < 3; i++) expect([await cached.count(), await plain.count()]).toEqual([50, 50]);
    expect([kept.value, made.value]).toEqual([50, 150]);
    await cached.unpersist();
  });

  test("aren't numbers, here and in functions", async () => {
    let count: any = sc().accumulator(0);
    expect(`${count}`).toBe("0");
    expect(() => count + 1).toThrow("An accumulator isn't a number. Add to it with count.add(1)");
    await expect(
      sc()
        .parallelize([1], 1)
        .foreach((n) => {
          count += n;
        }),
    ).rejects.toThrow("TypeError: An accumulator isn't a number. Add to it with count.add(1)");
  });

  test("one that can't add here leaves others their sums, and a failed job its own error", async () => {
    const { pid } = process;
    const picky = sc().accumulator<number[]>([], {
      zero: () => [],
      addInPlace: (a, b) => {
        if (process.pid === pid) throw new Error("not here");
        return a.concat(b);
      },
    });
    const count = sc().accumulator(0);
    const job = (fails: boolean) =>
      sc()
        .range(0, 4, 1, 2)
        .foreach((n) => {
          picky.add([n]);
          count.add(1);
          if (fails && n === 3) throw new Error("no threes");
        });
    await expect(job(false)).rejects.toThrow("not here");
    expect(count.value).toBe(4);
    await expect(job(true)).rejects.toThrow("no threes");
  });

  test("what a task added before it failed doesn't count", async () => {
    const count = sc().accumulator(0);
    const job = sc()
      .range(0, 10, 1, 1)
      .foreach((n) => {
        count.add(1);
        if (n === 7) throw new Error("no sevens");
      });
    await expect(job).rejects.toThrow(/no sevens/);
    expect(count.value).toBe(0);
  });

  test("a task that is run again counts once", async (test) => {
    if (!context.spark.engine.isLocal) test.skip("unset SPARK_REMOTE: the marker is a file of this machine");
    const marker = join(context.folder, "died");
    writeFileSync(marker, "");
    const count = sc().accumulator(0);
    const numbers = sc()
      .range(0, 40, 1, 2)
      .map((n) => {
        count.add(1);
        if (n === 30 && existsSync(marker)) {
          rmSync(marker);
          process.kill(process.pid, "SIGKILL");
        }
        return n;
      });
    expect(await numbers.sum()).toBe(780);
    expect(existsSync(marker)).toBe(false);
    expect(count.value).toBe(40);
  });

  test("of take() only the records that were looked at count", async () => {
    const count = sc().accumulator(0);
    const numbers = sc()
      .range(0, 100, 1, 4)
      .map((n) => (count.add(1), n));
    expect(await numbers.take(3)).toEqual([0, 1, 2]);
    expect(count.value).toBeGreaterThanOrEqual(3);
    expect(count.value).toBeLessThanOrEqual(25);
  });

  test("functions over columns, and rows made of RDDs, add as often as they run", async (test) => {
    if (!context.spark.engine.isLocal)
      test.skip("unset SPARK_REMOTE: what they add is lost elsewhere, and said");
    const [column, row] = [sc().accumulator(0), sc().accumulator(0)];
    const counted = udf((n: number) => (column.add(1), n), "bigint");
    await context.spark.range(10).select(counted("id")).collect();
    expect(column.value).toBe(10);
    const rows = sc()
      .range(0, 10, 1, 2)
      .map((n) => (row.add(1), [n]));
    const df = context.spark.createDataFrame(rows, "n bigint");
    expect(await df.collect()).toHaveLength(10);
    await df.collect();
    expect(row.value).toBe(20);
    const added = readdirSync(context.spark.sessionFolder).filter((name) => name.startsWith("added-"));
    expect(added.map((name) => statSync(join(context.spark.sessionFolder, name)).mode & 0o777)).toEqual([
      0o600,
    ]);
    expect(readFileSync(join(context.spark.sessionFolder, added[0]), "utf8")).not.toBe("");
  });

  test("their value is read where they were made, not in functions", async () => {
    const count = sc().accumulator(0);
    const read = sc()
      .parallelize([1], 1)
      .map(() => count.value);
    await expect(read.collect()).rejects.toThrow(
      /was read in a function on an executor, which only adds to it/,
    );
    const set = sc()
      .parallelize([1], 1)
      .foreach(() => (count.value = 1));
    await expect(set).rejects.toThrow(/was set in a function on an executor/);
    expect(count.value).toBe(0);
  });

  test("what can't be added is refused", async () => {
    const accumulator = sc().accumulator.bind(sc()) as (value: unknown, param?: unknown) => unknown;
    for (const value of ["", [1], null, undefined, new Map()]) {
      expect(() => accumulator(value)).toThrow(
        /it isn't known how such values are added\.\nPass how as the second/,
      );
    }
    expect(() => accumulator(0, { zero: () => 0 })).toThrow(
      /has no zero\(\) and addInPlace\(\)\.\nPass both/,
    );
    const count = sc().accumulator(0);
    expect(() => count.add("1" as unknown as number)).toThrow(TypeError);
    const job = sc()
      .parallelize(["1"], 1)
      .foreach((text) => count.add(text as unknown as number));
    await expect(job).rejects.toThrow(
      /add\(\) of an accumulator was given 1, of type string; it adds numbers/,
    );
    expect(count.value).toBe(0);
  });
});
