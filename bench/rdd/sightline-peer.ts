// Answers each path on standard input with the number of its lines, counted by an RDD of ours on the embedded engine.
import { createInterface } from "node:readline";
import { SparkSession } from "../../runtime/index.ts";

const spark = await SparkSession.builder.remote("sail").getOrCreate();
for await (const path of createInterface({ input: process.stdin })) {
  const lines = spark.sparkContext.textFile(path);
  console.log(await lines.map((line) => line.split(" ")).count());
}
await spark.stop();
