// Answers each task on standard input with what it took, measured with our client.
import { toBinary } from "@bufbuild/protobuf";
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { rootPlan } from "../../runtime/connect/client.ts";
import { PlanSchema } from "../../runtime/connect/generated/base_pb.js";
import { col, type DataFrame, lit, SparkSession } from "../../runtime/index.ts";

const spark = await SparkSession.builder.getOrCreate();

interface Measure {
  readonly seconds?: number;
  readonly bytes?: number;
}

function threeColumns(rows: number): DataFrame {
  return spark
    .range(rows)
    .select("id", col("id").multiply(0.5).alias("half"), col("id").cast("string").alias("text"));
}

const secondsSince = (start: number) => (performance.now() - start) / 1000;

const tasks: Record<string, (size: number) => Measure | Promise<Measure>> = {
  async sql(count) {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      const [row] = await spark.sql("SELECT 1").collect();
      assert.equal(row.get(0), 1);
      times.push(secondsSince(start));
    }
    return { seconds: times.toSorted((a, b) => a - b)[times.length >> 1] };
  },

  async arrow(rows) {
    assert.equal((await threeColumns(rows).toArrow()).numRows, rows);
    return {};
  },

  async iterate(rows) {
    let seen = 0;
    for await (const row of threeColumns(rows).toLocalIterator()) if (row) seen++;
    assert.equal(seen, rows);
    return {};
  },

  async create(rows) {
    const data = Array.from({ length: rows }, (_, i) => [i, `name ${i}`, i * 0.5]);
    const start = performance.now();
    const frame = spark.createDataFrame(data, "id bigint, name string, value double");
    assert.equal(await frame.count(), rows);
    return { seconds: secondsSince(start) };
  },

  plan(steps) {
    let frame: DataFrame = spark.range(1);
    for (let i = 0; i < steps; i++) frame = frame.withColumn(`c${i}`, col("id").plus(lit(i)));
    return { bytes: toBinary(PlanSchema, rootPlan(frame.relation)).length };
  },
};

async function measured(name: string, size: number): Promise<object> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const watch = setInterval(look, 50);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const answer = await tasks[name](size);
  const seconds = secondsSince(start);
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  look();
  return { seconds, cpuSeconds: (user + system) / 1e6, grownBytes: peak - before, ...answer };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, size] = line.split(" ");
  console.log(JSON.stringify(await measured(name, Number(size))));
}
await spark.stop();
