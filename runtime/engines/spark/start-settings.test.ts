import { expect, test } from "vitest";
import { missedSetting, startSettings } from "./start-settings.ts";

test("what Spark reads at its start only is told apart from what a session may change", () => {
  const settings = {
    "spark.jars": "a.jar",
    "spark.jars.packages": "org.example:formats:1.0",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": "-Da=b",
    "spark.hadoop.fs.s3a.endpoint": "http://127.0.0.1:9000",
    "spark.sql.extensions": "org.example.Extensions",
    "spark.sql.catalog.lake": "org.example.Catalog",
    "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
    "spark.kryoserializer.buffer.max": "64m",
  };
  const session = {
    "spark.app.name": "report",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
    "spark.jarsofmine": "x",
    "spark.remote": "local[*]",
    "my.own": "x",
  };
  const found = startSettings(new Map(Object.entries({ ...session, ...settings })));
  expect(Object.fromEntries(found)).toEqual(settings);
});

test("a running Spark has missed what it wasn't started with, or was with another value", () => {
  const started = new Map([["spark.jars", "a.jar"]]);
  expect(missedSetting(new Map([["spark.jars", "a.jar"]]), started)).toBeUndefined();
  expect(missedSetting(new Map([["spark.jars", "b.jar"]]), started)).toBe("spark.jars");
  expect(missedSetting(new Map([["spark.driver.memory", "2g"]]), started)).toBe("spark.driver.memory");
  const harmless = { "spark.app.name": "x", "spark.serializer": "y", "spark.sql.catalog.lake": "z" };
  expect(missedSetting(new Map(Object.entries(harmless)), started)).toBeUndefined();
});
