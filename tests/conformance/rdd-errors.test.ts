import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import { ClosureError, EngineError, JobScope } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";
import { allGone, spinningWorkers } from "../support/processes.ts";

describe.each(engines)("failing functions on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const failure = (job: Promise<unknown>) =>
    job.then(
      () => expect.unreachable("it succeeded"),
      (error: Error) => error,
    );

  test("a throw is a ClosureError with name, place, record and partition", async () => {
    const source = "(line) => {\n  const fields = line.split(',');\n  return fields[5].trim();\n}";
    const parse = runInThisContext(source, { filename: "Cell [3].ts" }) as (line: string) => string;
    const error = await failure(sc().parallelize(["a,b,c,d,e,f", "short"], 2).map(parse).collect());
    expect(error).toBeInstanceOf(ClosureError);
    const [what, remedy] = error.message.split("\n");
    expect(what).toBe("TypeError: Cannot read properties of undefined (reading 'trim')");
    expect(remedy).toContain('in partition 1, at the record "short". Mend the function');
    expect(error.stack).toContain("Cell [3].ts:3:20");
    expect(error).toMatchObject({ partition: 1, record: '"short"', cause: { name: "TypeError" } });
  });

  test("the record is cut to 200 characters", async () => {
    const job = sc()
      .parallelize(["x".repeat(5000)], 1)
      .map((): string => {
        throw new RangeError("no");
      })
      .collect();
    const error = (await failure(job)) as ClosureError;
    expect(error.record).toHaveLength(201);
    expect(error.message).toContain("RangeError: no\n");
  });

  test("what isn't an Error can be thrown as well", async () => {
    const error = await failure(
      sc()
        .parallelize([1], 1)
        .map(() => {
          throw "plain text";
        })
        .collect(),
    );
    expect(error.message).toContain("threw plain text");
  });

  test("an object without a prototype can be thrown, and causes come along", async () => {
    const one = sc().parallelize([1], 1);
    const bare = await failure(
      one
        .map((): number => {
          throw Object.create(null);
        })
        .collect(),
    );
    expect(bare).toBeInstanceOf(ClosureError);
    expect(bare.message).toContain("threw {}\nA function failed");
    const caused = await failure(
      one
        .map((): number => {
          throw new Error("no config", { cause: new RangeError("port 0") });
        })
        .collect(),
    );
    expect(caused.cause).toMatchObject({
      message: "no config",
      cause: { name: "RangeError", message: "port 0" },
    });
  });

  test("a .gz file that isn't one is named, with what to do", async () => {
    const path = join(context.folder, "bad.gz");
    writeFileSync(path, "plain text");
    const error = await failure(sc().textFile(path).collect());
    expect(error.message.split("\n")).toEqual([
      `The file ${path} can't be read as gzip: incorrect header check.`,
      expect.stringContaining("Check the file"),
    ]);
  });

  test("a throw on the reduce side of a shuffle is one too", async () => {
    const pairs = sc()
      .parallelize([1, 2, 3], 3)
      .map((n): [string, number] => ["k", n]);
    const error = await failure(
      pairs
        .reduceByKey((): number => {
          throw new Error("can't add");
        })
        .collect(),
    );
    expect(error).toBeInstanceOf(ClosureError);
    expect(error.message).toContain("Error: can't add\n");
  });

  test("records that aren't pairs, promises and wrong returns are named", async () => {
    const numbers = sc().parallelize([1], 1);
    const asPairs = numbers.map((n) => n as unknown as [number, number]);
    expect((await failure(asPairs.reduceByKey((a) => a).count())).message).toContain(
      "reduceByKey needs [key, value] records, but got number",
    );
    expect((await failure(numbers.map((n) => Promise.resolve(n)).collect())).message).toContain(
      "returned a promise",
    );
    expect((await failure(numbers.flatMap((n) => n as unknown as number[]).collect())).message).toContain(
      "must return an iterable, but it returned number",
    );
  });

  test("async functions that join values are refused by name, before any job", () => {
    const join = async (a: number, b: number) => a + b;
    const pairs = sc().parallelize<[string, number]>([["a", 1]]);
    expect(() => pairs.reduceByKey(join as never)).toThrow("reduceByKey() was given the async function join");
    expect(() => pairs.reduceByKey(join as never)).toThrow(/\nDo what has to be awaited before/);
  });

  test("what can't be sent is refused before any job, by name and with the way out", async () => {
    const { spark } = context;
    const other = sc().parallelize([1]);
    const df = spark.range(1);
    const cases: [() => unknown, string][] = [
      [() => spark, "uses `spark`, the Spark session"],
      [() => other, "uses `other`, an RDD"],
      [() => df, "uses `df`, a DataFrame"],
      [() => context.spark, "uses `context.spark`, the Spark session"],
    ];
    for (const [fn, what] of cases) {
      const error = await failure(sc().parallelize([1]).map(fn).collect());
      expect(error).toBeInstanceOf(ClosureError);
      expect(error.message).toContain(what);
      expect(error.message.split("\n")[1]).toContain("no session");
    }
  });

  test("a worker that ends is an error, and the next job works", async () => {
    const error = await failure(
      sc()
        .parallelize([1, 2], 2)
        .map((n) => (n === 2 ? process.exit(7) : n))
        .collect(),
    );
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain("exited with code 7");
    expect(error.message.split("\n")[1]).toContain("Run it again");
    expect(await sc().parallelize([1, 2], 2).count()).toBe(2);
  });

  test("keys that have no order are told alike, wherever they are compared", async () => {
    const mixed = sc().parallelize<unknown>([3, "a", 1], 2);
    for (const partitions of [1, 2]) {
      const error = await failure(mixed.sortBy((value) => value, true, partitions).collect());
      expect(error).toBeInstanceOf(ClosureError);
      expect(error.message).toMatch(/^TypeError: There is no order between .*\nGive a key function/);
    }
    const failing = mixed
      .map((value): [unknown, number] => [value, 1])
      .sortByKey(true, 2, () => {
        throw new RangeError("no key");
      });
    const error = await failure(failing.collect());
    expect(error).toBeInstanceOf(ClosureError);
    expect(error.message).toContain("RangeError: no key\n");
    expect(error.stack).toContain("rdd-errors.test.ts:");
  });

  test("records given with their class come back with it, and #private fields are refused", async () => {
    class Stamp extends Date {
      zone = "UTC";
    }
    class Secret {
      #key = 1;
      key() {
        return this.#key;
      }
    }
    const [{ at }] = await sc()
      .parallelize([{ at: new Stamp(5), from: new URL("http://a.example/b") }], 1)
      .filter(({ from }) => from.pathname === "/b")
      .collect();
    expect(at).toBeInstanceOf(Stamp);
    expect([at.getTime(), at.zone]).toEqual([5, "UTC"]);
    const error = await failure(sc().parallelize([new Secret()], 1).count());
    expect(error.message).toMatch(/Secret, whose #private fields can't be copied.*\n/);
  });

  test("a promise that never settles is told as such, and the next job works", async () => {
    const error = await failure(
      sc()
        .parallelize([1], 1)
        .map(async (n) => {
          await new Promise(() => {});
          return n;
        })
        .collect(),
    );
    expect(error).toBeInstanceOf(ClosureError);
    expect(error.message).toContain("waits for a promise that never settles");
    expect(await sc().parallelize([1, 2], 2).count()).toBe(2);
  });

  test("a rejection that nobody awaits, and a timer that throws, fail their own job", async () => {
    const one = sc().parallelize([1], 1);
    const forgotten = one.map((n) => {
      void Promise.reject(new RangeError(`nobody awaits ${n}`));
      return n;
    });
    const timed = one.map(async (n) => {
      setTimeout(() => {
        throw new RangeError(`too late for ${n}`);
      }, 1);
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      return n;
    });
    for (const [rdd, what] of [
      [forgotten, "RangeError: nobody awaits 1\n"],
      [timed, "RangeError: too late for 1\n"],
    ] as const) {
      const error = await failure(rdd.collect());
      expect(error).toBeInstanceOf(ClosureError);
      expect(error.message).toContain(what);
      expect(error.stack).toContain("rdd-errors.test.ts:");
      expect(await one.map(async (n) => n + 1).collect()).toEqual([2]);
    }
  });

  test("a timer that a function leaves doesn't fail the next job", async () => {
    const one = sc().parallelize([1], 1);
    await one.foreach(() => {
      setTimeout(() => {
        throw new Error("left behind");
      }, 50);
    });
    const waited = one.map(async (n) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return n;
    });
    expect(await waited.collect()).toEqual([1]);
  });

  test("a cancelled job ends its spinning workers, and the next job works", async () => {
    const scope = new JobScope();
    const job = scope.run(() =>
      sc()
        .parallelize([1, 2], 2)
        .map(() => {
          for (;;);
        })
        .count(),
    );
    const outcome = failure(job);
    const workers = await vi.waitUntil(() => spinningWorkers().length > 0 && spinningWorkers(), {
      timeout: 60_000,
    });
    scope.cancel(new Error("stopped by hand"));
    expect((await outcome).message).toBe("stopped by hand");
    await allGone(workers as ReturnType<typeof spinningWorkers>);
    expect(await sc().parallelize([1, 2], 2).count()).toBe(2);
  });

  test("a job that was cancelled before it started does nothing", async () => {
    const scope = new JobScope();
    scope.cancel(new Error("too late"));
    const outcome = failure(scope.run(() => sc().parallelize([1], 1).count()));
    expect((await outcome).message).toBe("too late");
  });

  test("arguments of the wrong kind are refused with what to pass", () => {
    const rdd = sc().parallelize([1]);
    expect(() => rdd.map(5 as never)).toThrow("map() was given 5.\nPass a function");
    expect(() => rdd.take(-1)).toThrow("take() was given -1.\nPass a whole number");
    expect(() => rdd.takeSample("yes" as never, 1)).toThrow(
      'takeSample() was given "yes" for withReplacement.\nPass false or true first: rdd.takeSample(false, …)',
    );
    expect(() => rdd.pipe("cat", { LEVEL: 3 } as never)).toThrow(
      'pipe() was given LEVEL: 3 as env.\nPass texts by their names: rdd.pipe("sort", { LC_ALL: "C" })',
    );
    expect(() => rdd.pipe("cat", "LC_ALL=C" as never)).toThrow('pipe() was given "LC_ALL=C" as env.\n');
    expect(() => sc().union([rdd, [1]] as never)).toThrow(
      "union() was given an array with an array at 1.\nPass an array of RDDs",
    );
    expect(() => rdd.distinct(0)).toThrow("distinct() was given 0 partitions.\nPass a whole number");
    expect(() => sc().parallelize(5 as never)).toThrow("parallelize() was given number.\nPass an array");
    expect(() => sc().textFile("")).toThrow("no path.\nPass one");
  });
});
