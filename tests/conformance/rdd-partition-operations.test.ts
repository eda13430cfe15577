// What operations of whole partitions refuse, and what is JavaScript's own in them; what they give is in rdd-programs.
import { describe, expect, test } from "vitest";
import { ClosureError, JobScope } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";
import { allGone, descendants } from "../support/processes.ts";

describe.each(engines)("operations of partitions on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const failure = (job: Promise<unknown>) =>
    job.then(
      () => expect.unreachable("it succeeded"),
      (error: Error) => error,
    );

  test("a key without a fraction fails sampleByKey, by its name", async () => {
    const pairs = sc().parallelize<[string, number]>([
      ["web", 1],
      ["db\n\"'", 2],
    ]);
    const error = await failure(pairs.sampleByKey(false, { web: 0.5 }, 1).collect());
    expect(error).toBeInstanceOf(ClosureError);
    expect(error.message).toContain(
      'sampleByKey has no fraction for the key "db\\n\\"\'" (string).\nGive each key one',
    );
  });

  test("sampleByKey takes fractions of keys that are arrays", async () => {
    const pairs = sc().parallelize<[[string, number], number]>(
      Array.from({ length: 20 }, (_, i) => [["k", i % 2], i]),
      3,
    );
    const fractions = new Map([
      [["k", 0] as [string, number], 1],
      [["k", 1] as [string, number], 0],
    ]);
    const taken = await pairs.sampleByKey(false, fractions, 1).values().collect();
    expect(taken).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  test("seeds may have more bits than a number", async () => {
    const numbers = sc().range(200);
    const first = await numbers.sample(false, 0.5, 2n ** 64n + 1n).collect();
    expect(await numbers.sample(false, 0.5, 2n ** 64n + 1n).collect()).toEqual(first);
    expect(await numbers.sample(false, 0.5, 2n ** 64n + 2n).collect()).not.toEqual(first);
  });

  test.each(["stats", "mean", "variance", "sampleStdev"] as const)(
    "%s of what is no number fails, with it",
    async (method) => {
      const words = sc().parallelize(["12", "b"], 1);
      const error = await failure(Reflect.apply(words[method], words, []));
      expect(error.message).toContain(`${method} needs numbers, but got "12" (string).\nMake numbers first`);
    },
  );

  test("even buckets of text, of nothing and of the infinite are refused with what to do", async () => {
    expect((await failure(sc().parallelize(["a", "b"], 2).histogram(2))).message).toBe(
      'histogram() can\'t make even intervals between "a" and "b".\nPass the edges: rdd.histogram(["a", "m", "z"])',
    );
    expect((await failure(sc().parallelize([null, Number.NaN], 2).histogram(2))).message).toBe(
      "histogram() of an RDD without values.\nAsk first: await rdd.isEmpty()",
    );
    expect((await failure(sc().parallelize([1, -Infinity], 2).histogram(2))).message).toBe(
      "histogram() found infinite numbers.\nFilter them out: rdd.filter(Number.isFinite)",
    );
  });

  test("a histogram of arrays and of dates", async () => {
    const days = Array.from({ length: 31 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)));
    expect(await sc().parallelize(days, 3).histogram([days[0], days[10], days[30]])).toEqual([
      [days[0], days[10], days[30]],
      [10, 21],
    ]);
    const pairs = days.map((_, i): [string, number] => ["a", i]);
    expect(
      (
        await sc()
          .parallelize(pairs, 3)
          .histogram([
            ["a", 0],
            ["a", 10],
            ["b", 0],
          ])
      )[1],
    ).toEqual([10, 21]);
  });

  test("top of records that have no order names two of them", async () => {
    const error = await failure(
      sc()
        .parallelize<unknown>([1, { a: 1 }], 1)
        .top(1),
    );
    expect(error.message).toContain(
      'There is no order between 1 (number) and {"a":1} (Object).\nGive a key function',
    );
  });

  test("a sketch that would be too large is refused", async () => {
    const error = await failure(sc().parallelize([1], 1).countApproxDistinct(0.00002));
    expect(error.message).toContain("would need 2^32 registers.\nPass 0.00013 or more");
  });

  test("pipe writes records of any kind, and reads lines of any text", async () => {
    const records = [1, "a b", [1, "x"], { n: 1 }, null, "é😀", "two\nlines\n\n"];
    expect(await sc().parallelize<unknown>(records, 3).pipe("cat").collect()).toEqual([
      "1",
      "a b",
      '[1,"x"]',
      '{"n":1}',
      "null",
      "é😀",
      "two",
      "lines",
    ]);
  });

  test("a program of pipe that fails, or isn't there, says so", async () => {
    const lines = sc().parallelize(["a"], 1);
    expect(await lines.pipe("sh -c 'cat; exit 3'").collect()).toEqual(["a"]);
    const failed = await failure(lines.pipe("sh -c 'cat; exit 3'", {}, true).collect());
    expect(failed.message).toContain(
      "ended with code 3.\nLook at what it wrote to the executor's error output",
    );
    const missing = await failure(lines.pipe("no-such-program").collect());
    expect(missing.message).toContain(
      "pipe can't run \"no-such-program\" on an executor: isn't there.\nName a program",
    );
  });

  test("a cancelled pipe ends its program", async (test) => {
    // The programs of another machine's engine can't be seen from here.
    if (engine === "spark" && process.env.SPARK_REMOTE)
      test.skip("ENGINES=spark npx vitest run rdd-partition-operations");
    const sleeping = () => descendants(process.pid).filter(({ command }) => command.includes("sleep 987"));
    const scope = new JobScope();
    const job = failure(scope.run(() => sc().parallelize(["a"], 1).pipe("sleep 987").collect()));
    await expect.poll(sleeping, { timeout: 60_000 }).toHaveLength(1);
    const programs = sleeping();
    scope.cancel(new Error("stopped by hand"));
    await job;
    await allGone(programs);
  });
});
