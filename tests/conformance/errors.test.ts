import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { type DataFrame, functions as F, JobScope, PlanError, SparkError } from "../../runtime/index.ts";
import { engines, sessionFor } from "../support/engines.ts";

async function failureOf(action: () => Promise<unknown>): Promise<Error & { errorClass?: string }> {
  const error = await Promise.resolve()
    .then(action)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

/** A parser's error has no context of the engine's: what is marked is its place. */
function placeOf(sql: string, marked: string) {
  const fragment = marked
    .split("\n")[0]
    .trim()
    .slice(0, marked.split("^").length - 1);
  return {
    fragment,
    startIndex: sql.indexOf(fragment),
    stopIndex: sql.indexOf(fragment) + fragment.length - 1,
  };
}

describe.each(engines)("errors on %s", (engine) => {
  const context = sessionFor(engine);
  const hosts = (): DataFrame => context.spark.createDataFrame([["a", 1]], "host string, port int");

  test.each([
    ["select", () => hosts().select("hots")],
    ["filter", () => hosts().filter(F.col("hots").eq("a"))],
    ["groupBy", () => hosts().groupBy("hots").count()],
    ["orderBy", () => hosts().orderBy("hots")],
    ["join by names", () => hosts().join(hosts().withColumnRenamed("host", "hots"), "hots").limit(1)],
  ])("an unknown column in %s names the close one", async (_, df) => {
    const error = await failureOf(() => df().collect());
    expect(error).toBeInstanceOf(SparkError);
    expect(error.errorClass).toMatch(/^UNRESOLVED_(USING_)?COLUMN/);
    expect(error.message).toContain("hots");
    expect(error.message).toContain("`host`");
  });

  test.each([
    [
      "SELECT 1 +\n  hots\nFROM VALUES (1) AS t(host)",
      /^UNRESOLVED_COLUMN/,
      "42703",
      "AnalysisException",
      "    hots\n    ^^^^",
    ],
    ["SELEC 1", /^PARSE_SYNTAX_ERROR$/, "42601", "ParseException", "  SELEC 1\n  ^^^^^"],
    [
      "SELECT * FROM nothere",
      /^TABLE_OR_VIEW_NOT_FOUND$/,
      "42P01",
      "AnalysisException",
      "  SELECT * FROM nothere\n                ^^^^^^^",
    ],
    [
      "SELECT hots(1)",
      /^UNRESOLVED_ROUTINE$/,
      "42883",
      "AnalysisException",
      "  SELECT hots(1)\n         ^^^^",
    ],
  ])(
    "%s: condition, SQLSTATE, PySpark's class, and the marked piece of it",
    async (sql, condition, sqlState, name, marked) => {
      const error = (await failureOf(() => context.spark.sql(sql).collect())) as SparkError;
      expect(error.errorClass).toMatch(condition);
      expect(error).toMatchObject({ sqlState, name });
      expect(error.message).toContain(`${error.errorClass!.split(".")[0]}`);
      expect(error.message).toContain(marked);
      const [{ fragment, startIndex, stopIndex }] =
        error.queryContexts.length > 0 ? error.queryContexts : [placeOf(sql, marked)];
      expect(sql.slice(startIndex, stopIndex + 1)).toBe(fragment);
      expect(inspect(error)).not.toMatch(/org\.apache|'Project|== SQL/);
    },
  );

  test("the server's trace is kept beside the message, where the engine sends one", async () => {
    const error = (await failureOf(() => context.spark.sql("SELECT 1 / 0").collect())) as SparkError;
    expect(error.name).toBe("ArithmeticException");
    if (context.spark.engine.name === "sail") expect(error.serverTrace).toBeUndefined();
    else expect(error.serverTrace).toMatch(/^org\.apache\.spark\.SparkArithmeticException: [^]*\n\tat /);
  });

  test("a missing file is an error of the action, with its path", async () => {
    const df = context.spark.read.parquet(`${context.folder}/nowhere.parquet`);
    for (const action of [
      () => df.count(),
      () => df.schema(),
      () => df.write.parquet(`${context.folder}/x`),
    ]) {
      const error = await failureOf(action);
      expect(error.errorClass).toBe("PATH_NOT_FOUND");
      expect(error.message).toContain("nowhere.parquet");
    }
  });

  test("an unknown table names itself and the way to register it", async () => {
    const error = await failureOf(() => context.spark.table("nothere").count());
    expect(error.errorClass).toBe("TABLE_OR_VIEW_NOT_FOUND");
    expect(error.message).toContain("nothere");
  });

  test("SQL that can't be parsed fails its frame, and the session lives on", async () => {
    const error = await failureOf(() => context.spark.sql("SELEC 1").collect());
    expect(error.errorClass).toBe("PARSE_SYNTAX_ERROR");
    expect(await context.spark.range(2).count()).toBe(2);
  });

  test.each([
    ["CAST_INVALID_INPUT", "SELECT cast('lsass' AS int)", "lsass"],
    ["UNRESOLVED_ROUTINE", "SELECT hots(1)", "hots"],
    ["DIVIDE_BY_ZERO", "SELECT 1 / 0", "zero"],
  ])("%s names what it met", async (errorClass, sql, what) => {
    const error = await failureOf(() => context.spark.sql(sql).collect());
    expect(error.errorClass).toBe(errorClass);
    expect(error.message).toContain(what);
  });

  test.for([
    ["CACHE TABLE hosts", "CACHE TABLE"],
    ["SELECT zip_with(array(1), array(2), (a, b) -> a + b)", "`zip_with`"],
    ["SHOW CREATE TABLE hosts", "SHOW CREATE TABLE"],
    ["SET spark.sql.shuffle.partitions = 3", "SET"],
  ])("what Sail can't do yet is named, with a way on: %s", async ([sql, what], test) => {
    const { spark } = context;
    if (spark.engine.name !== "sail") test.skip("ENGINES=sail npm test -- conformance/errors");
    await hosts().createOrReplaceTempView("hosts");
    const error = await failureOf(() => spark.sql(sql).collect());
    expect(error.errorClass).toBe("UNSUPPORTED_FEATURE");
    const [line, remedy] = error.message.split("\n");
    expect(line).toContain(what);
    expect(remedy).toMatch(/SPARK_REMOTE=local|spark\.conf\.set/);
  });

  test("an overwrite of one partition that would delete the others is refused", async (test) => {
    const { spark, folder } = context;
    if (spark.engine.name !== "sail") test.skip("ENGINES=sail npm test -- conformance/errors");
    const path = `${folder}/kept`;
    await hosts().write.partitionBy("host").parquet(path);
    const other = spark.createDataFrame([["b", 2]], "host string, port int");
    const write = () => other.write.mode("overwrite").partitionBy("host");
    const name = "spark.sql.sources.partitionOverwriteMode";
    await spark.conf.set(name, "dynamic");
    const errors = [await failureOf(() => write().parquet(path))];
    await spark.conf.unset(name);
    errors.push(await failureOf(() => write().option("partitionoverwritemode", "DYNAMIC").parquet(path)));
    for (const error of errors) {
      expect(error).toBeInstanceOf(PlanError);
      expect(error.message.split("\n")[1]).toContain("Write into the partition's own folder: ");
    }
    await other.drop("host").write.mode("overwrite").parquet(`${path}/host=b`);
    expect(await spark.read.parquet(path).count()).toBe(2);
    await write().parquet(path);
    expect(await spark.read.parquet(path).count()).toBe(1);
  });

  test("a write to a path that is there says how to replace it", async () => {
    const path = `${context.folder}/there`;
    await hosts().write.parquet(path);
    const error = await failureOf(() => hosts().write.parquet(path));
    expect(error.errorClass).toBe("PATH_ALREADY_EXISTS");
    expect(error.message).toContain(path);
    expect(error.message).toContain("overwrite");
  });

  test("a name that fits several columns says how to tell them apart, and case can", async () => {
    const { spark } = context;
    const read = () => spark.createDataFrame([["a", "b"]], "Host string, host string");
    const error = await failureOf(() => read().select("Host").collect());
    expect(error.message).toContain("Host");
    expect(error.errorClass).toMatch(/^AMBIGUOUS_REFERENCE/);
    await spark.conf.set("spark.sql.caseSensitive", true);
    expect((await read().select("Host").first())?.toArray()).toEqual(["a"]);
    expect((await read().select("host").first())?.toArray()).toEqual(["b"]);
    await spark.conf.set("spark.sql.caseSensitive", false);
  });

  test("a write to a folder that can't be made says which", async () => {
    const error = await failureOf(() => hosts().write.parquet("/proc/nowhere/x"));
    expect(error).toBeInstanceOf(SparkError);
    expect(error.message).toContain("/proc/nowhere");
  });

  test("a path that the DataFrame is read from isn't overwritten, also behind a view, and keeps its rows", async () => {
    const { spark, folder } = context;
    const path = `${folder}/source`;
    await spark.range(5).write.mode("overwrite").parquet(path);
    const read = spark.read.parquet(path);
    await read.createOrReplaceTempView("source_view");
    for (const df of [
      read.filter("id > 2"),
      read.union(spark.range(1)),
      spark.table("source_view"),
      spark.sql("SELECT id + 1 AS id FROM source_view"),
    ]) {
      const error = await failureOf(() => df.write.mode("overwrite").parquet(path));
      expect(error.errorClass).toBe("UNSUPPORTED_OVERWRITE.PATH");
      expect(error.message.split("\n")[1]).toContain("Write to another folder");
    }
    expect(await read.count()).toBe(5);
    await read.write.mode("overwrite").parquet(`${folder}/source-copy`);
  });

  test("a failed command that nobody awaits fails what comes after it, and its scope", async () => {
    const scope = new JobScope();
    const after = scope.run(() => {
      void hosts().write.parquet("/proc/nowhere/y");
      return context.spark.range(1).count();
    });
    expect((await failureOf(() => after)).message).toContain("not run, because the command before it failed");
    await expect(scope.settled()).rejects.toThrow("/proc/nowhere");
    expect(await context.spark.range(1).count()).toBe(1);
  });

  test("a failed command that is handled leaves the session in order", async () => {
    const scope = new JobScope();
    const count = await scope.run(async () => {
      await hosts()
        .write.parquet("/proc/nowhere/z")
        .catch(() => {});
      return context.spark.range(1).count();
    });
    expect(count).toBe(1);
    await scope.settled();
  });

  test("cancelling a scope stops its jobs, and the session answers", async () => {
    const scope = new JobScope();
    const endless = scope.run(() =>
      context.spark.range(1e7).crossJoin(context.spark.range(1e6).toDF("b")).filter("id + b < 0").count(),
    );
    setTimeout(() => scope.cancel(new Error("stopped by the user")), 300);
    await expect(endless).rejects.toThrow("stopped by the user");
    expect(await context.spark.range(3).count()).toBe(3);
  });

  test("arguments are checked before anything is sent", async () => {
    const df = hosts();
    expect(() => df.limit(-1)).toThrow("limit() was given -1.\nPass a whole number from 0 up, below 2^31.");
    expect(() => df.orderBy()).toThrow('orderBy() was given no columns.\nName them: df.orderBy("time")');
    expect(() => df.select("")).toThrow(PlanError);
    expect(() => df.filter(((F.col("port") as unknown) === F.col("host")) as never)).toThrow(
      "A column was expected, not false: JavaScript compared the two sides itself.\nCompare with methods",
    );
    expect(() => df.join(df, "host", "sideways" as never)).toThrow(
      'No join is called "sideways".\nUse inner',
    );
    expect(() => df.write.mode("upsert" as never)).toThrow('No save mode is called "upsert".\nUse one of');
    expect(() => df.union(1 as never)).toThrow("A DataFrame was expected, not 1.\nPass one");
    expect(() => context.spark.range(0, 5, 0)).toThrow("range() was given 0.\nPass whole numbers");
    expect(() => context.spark.range("5" as never)).toThrow('range() was given "5".\nPass whole numbers');
    expect(() => context.spark.sql(1 as never)).toThrow("sql() was given number, not text.\nPass SQL");
    expect(() => context.spark.createDataFrame([["x"]], "n int")).toThrow(
      'Row 0 has "x" (string) in column `n` of type integer.\nConvert the value, or give the column another type.',
    );
    expect(() => context.spark.createDataFrame([[1, 2]], "n int")).toThrow("Row 0 has 2 values");
    expect(() => context.spark.createDataFrame([[1], 2 as never], "n int")).toThrow(
      "Row 1 is number 2, not a row.\nPass rows",
    );
  });

  test("half of a surrogate pair is sent nowhere, and the session goes on", async () => {
    const { spark } = context;
    const half = "x\uD800";
    const jobs: (() => unknown)[] = [
      () => spark.conf.set("spark.own.key", half),
      () => spark.range(1).createOrReplaceTempView(half),
      () => spark.read.option("nullValue", half).csv(context.folder).collect(),
      () => spark.range(1).na.fill(half).collect(),
      () => spark.range(1).hint(half).collect(),
      () => spark.table(half).collect(),
    ];
    for (const job of jobs) {
      const error = (await Promise.resolve()
        .then(job)
        .catch((reason: unknown) => reason)) as Error;
      expect(error.message.split("\n")).toEqual([
        expect.stringMatching(/^The text .*x\\ud800.* has half of a surrogate pair, which can't be sent\.$/),
        "Mend it: text.toWellFormed() puts \uFFFD in its place.",
      ]);
    }
    expect(await spark.range(3).count()).toBe(3);
  });

  test("a column with dots in its name is told to stand in backticks", async () => {
    const { spark } = context;
    const dotted = spark.range(1).withColumnRenamed("id", "a.b");
    const error = (await dotted
      .select("a.b")
      .collect()
      .catch((reason: unknown) => reason)) as SparkError;
    expect(error.message).toContain("`a.b`");
    if (engine === "sail") expect(error.message.split("\n")[1]).toContain('in backticks, "`a.b`"');
    expect(await dotted.select("`a.b`").count()).toBe(1);
  });

  test("a plan that nests too deep for a message says how to cut it", async () => {
    const { spark } = context;
    let steps = spark.range(3).toDF("n");
    for (let i = 0; i < 5000; i++) steps = steps.filter("n >= 0");
    await expect(steps.count()).rejects.toThrow(
      "The plan can't be sent: its steps or expressions nest too deep.\nKeep what is in between: df = df.localCheckpoint()",
    );
    expect(await spark.range(3).count()).toBe(3);
  });

  test("columns that a local frame can't name are told apart by the message", async () => {
    const error = await failureOf(() => context.spark.sql("SELECT 1 AS a, 2 AS a").toPandas());
    expect(error.message).toBe(
      "A local data frame can't hold this: two columns are called `a` in [a, a].\n" +
        'Rename them by position first: df.toDF("c1", "c2")',
    );
  });

  test("values that hold plans show one word, not the plan", () => {
    const { spark } = context;
    expect(inspect([spark.range(1), spark.sqlContext])).toBe("[ DataFrame {}, SQLContext {} ]");
    expect(inspect(spark)).toBe(`SparkSession { engine: ${spark.engine.title} }`);
  });

  test("a job used as a value asks for await", () => {
    const job = context.spark.range(1).count();
    expect(() => `${job as unknown as string}`).toThrow(
      "This is the promise of a job, not its result.\nAwait it",
    );
    return job;
  });
});
