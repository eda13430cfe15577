import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import type { Vector } from "apache-arrow";
import { describe, expect, test, vi } from "vitest";
import { arrowUdf, ClosureError, EngineError, JobScope, type types, udf } from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";
import { allGone, descendants } from "../support/processes.ts";

function spinningWorkers() {
  return descendants(process.pid).filter(
    ({ pid, command }) => command.includes("udf-worker.cjs") && stateOf(pid) === "R",
  );
}

function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))![1];
  } catch {
    return "X"; // it ended meanwhile
  }
}

describe.each(engines)("failing functions over columns on %s", (engine) => {
  const context = sessionFor(engine);
  const failure = (job: Promise<unknown>) =>
    job.then(
      () => expect.unreachable("it succeeded"),
      (error: Error) => error,
    );
  const numbers = () => context.spark.createDataFrame([[1], [2], [3]], "n int").coalesce(1);

  test("a throw is a ClosureError with the line of the function, its arguments and the row", async () => {
    const source = "(function parse(n, s) {\n  const parts = s.split(',');\n  return parts[n].trim();\n})";
    const parse = runInThisContext(source, { filename: "Cell [3].ts" }) as (n: number, s: string) => string;
    const df = context.spark
      .createDataFrame(
        [
          [0, "a"],
          [4, "b"],
        ],
        "n int, s string",
      )
      .coalesce(1);
    const error = await failure(df.select(udf(parse)("n", "s")).collect());
    expect(error).toBeInstanceOf(ClosureError);
    const [what, remedy] = error.message.split("\n");
    expect(what).toBe("TypeError: Cannot read properties of undefined (reading 'trim')");
    expect(remedy).toMatch(
      /^The function parse\(4, "b"\) failed on an executor at row \d of a batch\. Mend it/,
    );
    expect(error.stack).toContain("Cell [3].ts:3:");
    expect(error.cause).toMatchObject({ name: "TypeError" });
  });

  test.each<[string, types.DataType | string, unknown, string]>([
    ["text for a number", "int", "abc", '"abc" (string), not a value of type integer'],
    ["a number for text", "string", 5, "5 (number), not a value of type string"],
    ["a number too large", "int", 2 ** 31, "2147483648 (number), not a value of type integer"],
    ["a number that lost digits", "bigint", 2 ** 53, "9007199254740992 (number), not a value of type long"],
    ["NaN for a number", "int", NaN, "NaN (number), not a value of type integer"],
    ["a fraction", "int", 0.5, "0.5 (number), not a value of type integer"],
    ["an invalid date", "timestamp", new Date(NaN), "Invalid Date (Date), not a value of type timestamp"],
    ["too many digits", "decimal(5,2)", "1.234", '"1.234" (string), not a value of type decimal(5,2)'],
  ])("%s is refused with the value, the row and the arguments", async (_, type, value, said) => {
    const f = udf(() => value, type as string);
    const error = await failure(
      numbers()
        .select(
          udf(function wrong(n: number) {
            return n === 2 ? value : null;
          }, type as string)("n"),
        )
        .collect(),
    );
    expect(f.returnType).toBeDefined();
    expect(error).toBeInstanceOf(ClosureError);
    expect(error.message).toContain(`wrong() returned ${said}`);
    expect(error.message.split("\n")[1]).toMatch(
      /at row \d of a batch, as wrong\(2\)\. Return what the type says/,
    );
  });

  test("wrong parts of nested values are named with their place", async () => {
    const error = await failure(
      numbers()
        .select(udf(() => [{ x: "no" }], "array<struct<x: int>>")())
        .collect(),
    );
    expect(error.message).toContain('"no" (string)');
    expect(error.message).toContain("value[].x");
  });

  test("a vector of the wrong length, and what is no vector", async () => {
    const short = arrowUdf((n: Vector) => [n.length], "int");
    const long = arrowUdf(() => Array.from({ length: 50_000 }, () => 1), "int");
    expect((await failure(numbers().select(long("n")).collect())).message).toContain(
      "returned 50000 values for ",
    );
    const none = arrowUdf(() => 5, "int");
    expect((await failure(numbers().select(none("n")).collect())).message).toContain(
      "returned 5 (number), not a vector or an array with a value for each row",
    );
    expect(short.returnType).toBe("integer");
  });

  test("batches with other columns than the schema's are named", async () => {
    const error = await failure(
      numbers()
        .mapInArrow((batches) => batches, "x int")
        .collect(),
    );
    expect(error.message).toContain("gave the columns [n], but its schema has [x].\n");
    const rows = await failure(
      numbers()
        .mapInPandas(() => [[["text"]]], "x int")
        .collect(),
    );
    expect(rows.message).toContain('has "text" (string) in column `x` of type integer');
  });

  test("a group's misspelt column and a forgotten return are no rows of nulls, and no silence", async () => {
    const groups = context.spark.range(3).groupBy("id");
    const misspelt = groups.applyInPandas((rows) => [{ lenght: rows.length }], "length int").collect();
    await expect(misspelt).rejects.toThrow("gave a row with `lenght`, but its schema has [length].");
    const nothing = () => undefined;
    const forgotten = groups.applyInPandas(nothing as never, "length int");
    await expect(forgotten.collect()).rejects.toThrow("returned undefined, not an array of rows.");
  });

  test("promises are refused: async functions before the job, others by what they return", async () => {
    const lookup = async (n: number) => n;
    expect(() => udf(lookup)).toThrow(
      "udf() was given an async function, lookup; functions on executors are synchronous.\nFetch",
    );
    const error = await failure(
      numbers()
        .select(udf((n: number) => Promise.resolve(n), "int")("n"))
        .collect(),
    );
    expect(error.message).toContain("returned a promise");
  });

  test("what can't be sent is refused before any job, by name and with the way out", () => {
    const { spark } = context;
    const df = spark.range(1);
    expect(() => udf(() => df)()).toThrow("The function given to udf uses `df`, a DataFrame");
    expect(() => udf(() => spark)()).toThrow("uses `spark`, the Spark session");
    expect(() => df.mapInArrow(() => [df] as never, "n int")).toThrow(
      "The function given to mapInArrow uses `df`",
    );
    const lost = runInThisContext("() => missing") as () => string;
    expect(() => udf(lost)()).toThrow("uses `missing`, which isn't defined");
  });

  test("arguments of the wrong kind are refused with what to pass", () => {
    const { spark } = context;
    expect(() => udf(5 as never)).toThrow("udf() was given number, not a function.\nPass one");
    expect(() => udf((x: number) => x, "no such type")).toThrow(
      'the type "no such type", which isn\'t understood.\nWrite it as in SQL',
    );
    expect(() => udf((x: number) => x, 5 as never)).toThrow("udf() was given number as a type.\nPass DDL");
    expect(() => udf(udf((x: number) => x) as never, "int")).toThrow(
      "a function over columns already.\nPass the TypeScript function",
    );
    expect(() => udf((x: number) => x)(5 as never)).toThrow("A column was expected, not number");
    expect(() => arrowUdf((x: Vector) => x, "int", "iter" as never)).toThrow(
      'the function type iter.\nPass "scalar"',
    );
    expect(() => arrowUdf((x: Vector) => x, "int")()).toThrow("called without columns");
    expect(() => spark.udf.register("a-b", (x: number) => x)).toThrow('the name "a-b".\nPass letters');
    expect(() =>
      spark.udf.register(
        "f",
        udf((x: number) => x, "int"),
        "int",
      ),
    ).toThrow("a return type beside <lambda>");
  });

  test("a worker that ends is an error, and the next job works", async () => {
    const error = await failure(
      numbers()
        .select(udf((n: number) => (n === 2 ? process.exit(7) : n), "int")("n"))
        .collect(),
    );
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain("exited with code 7");
    expect(error.message.split("\n")[1]).toContain("Run it again");
    expect(
      valuesOf(
        await numbers()
          .select(udf((n: number) => n, "int")("n"))
          .collect(),
      ),
    ).toEqual([[1], [2], [3]]);
  });

  test("what functions print appears here", async ({ skip }) => {
    if (!context.spark.engine.isLocal)
      skip("unset SPARK_REMOTE: other machines keep what is printed in their logs");
    const printed = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      await numbers()
        .select(
          udf((n: number) => {
            console.log("got", { n });
            return n;
          }, "int")("n"),
        )
        .collect();
      expect(printed.mock.calls.flat()).toEqual(["got { n: 1 }", "got { n: 2 }", "got { n: 3 }"]);
    } finally {
      printed.mockRestore();
    }
  });

  const spin = (): number => {
    for (;;);
  };
  test.each([
    ["a scalar function", () => numbers().select(udf(spin, "int")("n")).collect()],
    [
      "mapInArrow",
      () =>
        numbers()
          .mapInArrow(spin as never, "n int")
          .collect(),
    ],
    [
      "applyInArrow",
      () =>
        numbers()
          .groupBy("n")
          .applyInArrow(spin as never, "n int")
          .collect(),
    ],
  ])("cancelling ends the spinning workers of %s, and the next job works", async (_, begin) => {
    const { spark } = context;
    await spark.range(3).createOrReplaceTempView("kept");
    const scope = new JobScope();
    const outcome = failure(scope.run(begin));
    const look = () => (spark.engine.isLocal ? spinningWorkers().length > 0 && spinningWorkers() : true);
    const workers = await vi.waitUntil(look, { timeout: 60_000 });
    scope.cancel(new Error("stopped by hand"));
    expect((await outcome).message).toBe("stopped by hand");
    if (workers !== true) await allGone(workers as ReturnType<typeof spinningWorkers>);
    const twice = udf((n: number) => n * 2, "int");
    expect(valuesOf(await spark.table("kept").select(twice("id")).collect())).toEqual([[0], [2], [4]]);
  });

  test("registered functions are there again after the engine has died", async ({ skip }) => {
    const { spark } = context;
    if (!("pid" in spark.engine)) skip("unset SPARK_REMOTE: the engine must be ours to end");
    const base = 40;
    spark.udf.register("plus_base", (n: number) => n + base, "int");
    await spark.sql("SELECT plus_base(CAST(id AS INT)) AS x FROM range(2)").createOrReplaceTempView("based");
    process.kill((spark.engine as unknown as { pid: number }).pid, "SIGKILL");
    await failure(spark.table("based").collect()).catch(() => {}); // the loss may be seen before or after
    expect(valuesOf(await spark.table("based").collect())).toEqual([[40], [41]]);
    expect(valuesOf(await spark.sql("SELECT plus_base(2)").collect())).toEqual([[42]]);
  }, 240_000);
});
