import { expect, test } from "vitest";
import { SparkConf } from "./spark-conf.ts";

test("settings are set, looked up and listed as text", () => {
  const conf = new SparkConf({ "spark.a": 1 })
    .set("spark.b", true)
    .setIfMissing("spark.b", false)
    .setAppName("report")
    .setMaster("local[2]")
    .setSparkHome("/opt/spark")
    .setExecutorEnv("ONE", "1")
    .setExecutorEnv([["TWO", "2"]])
    .setAll([["spark.c", "x"]]);
  expect(conf.get("spark.b")).toBe("true");
  expect([conf.get("none"), conf.get("none", "else"), conf.contains("none")]).toEqual([null, "else", false]);
  expect(conf.getAll()[0]).toEqual(["spark.a", "1"]);
  expect(conf.toDebugString().split("\n")).toEqual([
    "spark.a=1",
    "spark.app.name=report",
    "spark.b=true",
    "spark.c=x",
    "spark.executorEnv.ONE=1",
    "spark.executorEnv.TWO=2",
    "spark.home=/opt/spark",
    "spark.master=local[2]",
  ]);
});

test("what is no setting is refused with what to pass", () => {
  expect(() => new SparkConf().set("", 1)).toThrow('was given empty text.\nPass text: conf.set("spark.sql');
  expect(() => new SparkConf().set("a", null as never)).toThrow(
    'The setting "a" was given null.\nPass text, a number',
  );
  expect(() => new SparkConf().setAll(5 as never)).toThrow("not number.\nPass pairs or an object");
});
