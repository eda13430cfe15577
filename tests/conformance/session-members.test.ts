import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  PlanError,
  SparkConf,
  SparkContext,
  SparkError,
  SparkSession,
  SQLContext,
} from "../../runtime/index.ts";
import { engines, sessionFor, valuesOf } from "../support/engines.ts";

describe.each(engines)("the session's members on %s", (engine) => {
  const context = sessionFor(engine);

  test("the active session is the one that was made", async () => {
    const { spark } = context;
    expect(SparkSession.active()).toBe(spark);
    expect(SparkSession.getActiveSession()).toBe(spark);
    expect(new SparkSession.Builder(() => spark)).toBeInstanceOf(SparkSession.builder.constructor);
    expect(await SparkContext.getOrCreate()).toBe(spark.sparkContext);
    expect(SQLContext.getOrCreate(spark.sparkContext)).toBe(spark.sqlContext);
    expect(await spark.sessionId()).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a further session has views and settings of its own, and ends alone", async () => {
    const { spark } = context;
    await spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo");
    onTestFinished(() => void spark.conf.set("spark.sql.session.timeZone", "UTC"));
    await spark.range(1).createOrReplaceTempView("mine");
    const other = spark.newSession();
    expect(await other.sessionId()).not.toBe(await spark.sessionId());
    expect(await other.conf.get("spark.sql.session.timeZone")).toBe("Asia/Tokyo");
    expect(await other.catalog.tableExists("mine")).toBe(false);
    await other.range(2).createOrReplaceTempView("mine");
    await other.conf.set("spark.sql.session.timeZone", "UTC");
    expect([await spark.table("mine").count(), await other.table("mine").count()]).toEqual([1, 2]);
    expect(await spark.conf.get("spark.sql.session.timeZone")).toBe("Asia/Tokyo");
    await other.stop();
    await expect(other.range(1).count()).rejects.toThrow("This session was stopped.");
    expect(await spark.table("mine").count()).toBe(1);
    const made = await SparkSession.builder.config({ map: { "spark.sql.session.timeZone": "UTC" } }).create();
    expect(made).not.toBe(spark);
    expect(await made.conf.get("spark.sql.session.timeZone")).toBe("UTC");
    await made.stop();
  });

  test("a copy of a session begins with its views", async () => {
    const { spark } = context;
    await spark.range(3).createOrReplaceTempView("copied");
    if (engine === "sail") {
      await expect(spark.cloneSession()).rejects.toThrow("spark.newSession() gives an empty one");
      return;
    }
    const copy = await spark.cloneSession();
    expect(await copy.table("copied").count()).toBe(3);
    await copy.catalog.dropTempView("copied");
    expect(await spark.table("copied").count()).toBe(3);
    await copy.stop();
  });

  test("settings are read, listed, changed and put back", async () => {
    const { conf, sqlContext } = context.spark;
    await conf.set("spark.sql.shuffle.partitions", 7);
    expect(await conf.get("spark.sql.shuffle.partitions")).toBe("7");
    expect((await conf.getAll())["spark.sql.shuffle.partitions"]).toBe("7");
    expect(await sqlContext.getConf("spark.sql.shuffle.partitions")).toBe("7");
    expect(await conf.isModifiable("spark.sql.shuffle.partitions")).toBe(true);
    await conf.unset("spark.sql.shuffle.partitions");
    expect((await conf.getAll())["spark.sql.shuffle.partitions"]).toBeUndefined();
    expect([await conf.get("no.such", "else"), await conf.get("no.such", null)]).toEqual(["else", null]);
    await expect(conf.get("no.such")).rejects.toThrow(SparkError);
    sqlContext.setConf("spark.sql.ansi.enabled", true);
    expect(await conf.get("spark.sql.ansi.enabled")).toBe("true");
  });

  test("the context tells of the application", async () => {
    const { sparkContext: sc } = context.spark;
    expect(await sc.master).toMatch(/^(sail|local|spark:)/);
    expect(await sc.applicationId).toMatch(/\S/);
    expect(await sc.version).toMatch(/^4\./);
    const startTime = await sc.startTime;
    expect(startTime).toBeGreaterThan(Date.UTC(2020, 0, 1));
    expect(startTime).toBeLessThanOrEqual(Date.now());
    expect(await sc.sparkUser()).toMatch(/\S/);
    expect([null, "string"]).toContain((await sc.uiWebUrl) === null ? null : typeof (await sc.uiWebUrl));
    expect(sc.defaultParallelism).toBeGreaterThanOrEqual(1);
    expect(sc.defaultMinPartitions).toBe(Math.min(sc.defaultParallelism, 2));
    expect(await sc.resources).toEqual({});
    expect((await sc.getConf()).contains("spark.sql.session.timeZone")).toBe(true);
    expect(await sc.getCheckpointDir()).toBeNull();
    sc.setLogLevel("warn");
    sc.setInterruptOnCancel(true);
  });

  test("jobs are put in groups and tagged", async () => {
    const { spark } = context;
    const { sparkContext: sc } = spark;
    sc.setJobGroup("first", "described");
    sc.setJobGroup("nightly");
    sc.addJobTag("mine");
    expect(sc.getJobTags()).toEqual(new Set(["mine"]));
    expect(spark.getTags().size).toBe(2);
    expect(await spark.range(2).count()).toBe(2);
    expect(await sc.cancelJobGroup("nightly")).toEqual([]);
    expect(await sc.cancelJobsWithTag("mine")).toEqual([]);
    expect(await sc.cancelAllJobs()).toEqual([]);
    sc.clearJobTags();
    expect(sc.getJobTags().size).toBe(0);
    sc.removeJobTag("gone");
    spark.clearTags();
  });

  test("what a client can't do says what to do instead", () => {
    const { sparkContext: sc } = context.spark;
    const refused: [() => unknown, string][] = [
      [
        () => sc.setCheckpointDir("/x"),
        "setCheckpointDir() isn't possible through Spark Connect.\nStart the server with",
      ],
      [
        () => sc.setJobDescription("x"),
        "setJobDescription() isn't possible through Spark Connect.\nTag the jobs",
      ],
      [
        () => sc.setLocalProperty("a", "b"),
        "setLocalProperty() isn't possible through Spark Connect.\nSettings of",
      ],
      [
        () => sc.getLocalProperty("a"),
        "getLocalProperty() isn't possible through Spark Connect.\nSettings of",
      ],
      [() => sc.statusTracker(), "statusTracker() isn't possible through Spark Connect.\nProgress is told"],
      [
        () => sc.setInterruptOnCancel(false),
        "cancelled work is always interrupted here.\nLeave the call out.",
      ],
      [() => sc.setJobGroup("a,b"), 'was given "a,b", which has a comma.\nPass a name without commas.'],
      [
        () => sc.setJobGroup(""),
        'setJobGroup(groupId) was given empty text.\nPass text: sc.setJobGroup("nightly")',
      ],
      [() => sc.setLogLevel(5 as never), "setLogLevel() was given 5.\nPass one of ALL"],
      [() => context.spark.conf.set("a", null as never), 'The setting "a" was given null.\nPass text'],
      [() => context.spark.conf.get(5 as never), "conf.get(key) was given number.\nPass text"],
      [
        () => context.spark.conf.get("a", 1 as never),
        "was given number as what to give when it isn't set.\nPass text",
      ],
      [
        () => context.spark.table(""),
        'table(tableName) was given empty text.\nPass text: spark.table("events")',
      ],
    ];
    for (const [call, message] of refused) {
      expect(call, message).toThrow(PlanError);
      expect(call).toThrow(message);
    }
  });

  test("the context of Spark 1 names tables", async () => {
    const { sqlContext, spark } = { sqlContext: context.spark.sqlContext, spark: context.spark };
    sqlContext.registerDataFrameAsTable(sqlContext.range(1, 4), "old");
    expect(await sqlContext.tableNames()).toContain("old");
    const names = (await sqlContext.tables().collect()).map((row) => row.get("tableName"));
    expect(names).toContain("old");
    expect(await sqlContext.table("old").count()).toBe(3);
    expect(await sqlContext.dropTempTable("old")).toBe(true);
    expect(sqlContext.read).toBeInstanceOf(spark.read.constructor);
    const other = sqlContext.newSession();
    expect(other.sparkSession).not.toBe(spark);
    await other.sparkSession.stop();
  });

  test("an empty DataFrame has a schema and no rows", async () => {
    const df = context.spark.emptyDataFrame("a int, b string");
    expect([await df.columns(), await df.count()]).toEqual([["a", "b"], 0]);
  });

  test("files are sent to the session, where the engine takes them", async () => {
    const { spark } = context;
    const folder = mkdtempSync(join(tmpdir(), "sightline-artifacts-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const small = join(folder, "small.txt");
    const large = join(folder, "large.txt");
    writeFileSync(small, "");
    writeFileSync(large, "x".repeat(100_000));
    if (engine === "sail") {
      expect(() => spark.addArtifacts(small, { file: true })).toThrow("SPARK_REMOTE=local[*]");
      expect(() => spark.udf.registerJavaFunction("shout", "org.example.Shout")).toThrow(
        "SPARK_REMOTE=local[*]",
      );
    } else {
      await spark.addArtifacts(small, large, { file: true });
      const further = join(folder, "further.txt");
      writeFileSync(further, "more");
      await spark.sparkContext.addFile(further);
      expect(spark.sparkContext.listFiles).toEqual(["further.txt"]);
      expect(spark.sparkContext.listArchives).toEqual([]);
      await expect(spark.udf.registerJavaFunction("shout", "org.example.Shout")).rejects.toThrow(
        "Can not load class org.example.Shout",
      );
      await expect(spark.udf.registerJavaUDAF("total", "org.example.Total")).rejects.toThrow(SparkError);
    }
    expect(readFileSync(large).length).toBe(100_000);
    const refused: [() => unknown, string][] = [
      [
        () => spark.addArtifacts(),
        'addArtifacts(path) was given undefined.\nPass text: spark.addArtifacts("lib.jar")',
      ],
      [() => spark.addArtifacts(join(folder, "none.jar")), "There is no file"],
      [
        () => spark.addArtifacts(small),
        "small.txt, which is no jar: it ends in none of .jar.\nSay what it is",
      ],
      [() => spark.addArtifacts(small, { file: true, archive: true }), "archive and file.\nSay one of them"],
      [
        () => spark.addArtifacts("https://example.org/x.jar"),
        "isn't on this machine.\nPass a path of this machine",
      ],
      [
        () => spark.copyFromLocalToFs(small, "hdfs://x/y"),
        "was given hdfs://x/y as its target.\nPass a path from the root",
      ],
    ];
    for (const [call, message] of refused) {
      expect(call, message).toThrow(PlanError);
      expect(call).toThrow(message);
    }
  });

  test("a builder takes settings in every form, and passes over those that nobody can change", async () => {
    const conf = new SparkConf().set("spark.sql.session.timeZone", "UTC").set("spark.executor.memory", "1g");
    expect(await SparkSession.builder.config({ conf }).getOrCreate()).toBe(context.spark);
    expect(await SparkSession.builder.config(conf).appName("forms").getOrCreate()).toBe(context.spark);
    expect(valuesOf(await context.spark.sql("SELECT current_timezone()").collect())).toEqual([["UTC"]]);
    expect(() => SparkSession.builder.config({ a: null as never })).toThrow(
      'The setting "a" has null.\nPass text',
    );
    expect(() => SparkSession.builder.config(5 as never)).toThrow(
      "config() was given number.\nPass a name and a value",
    );
  });
});
