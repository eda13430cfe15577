// One session of an account, led by lines on standard input; says what each came to.
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { SparkSession } from "../../runtime/index.ts";

const spark = await SparkSession.builder.getOrCreate();
const count = () => spark.range(5).count();
const disconnect = () => spark.query(async (client) => client.disconnect());
const steps: Record<string, () => Promise<unknown>> = {
  count,
  disconnect,
  async reconnect() {
    await disconnect();
    return count();
  },
  async restart() {
    await spark.engine.stop();
    return count();
  },
  async stage() {
    const pairs = spark.sparkContext.parallelize([1, 2, 3, 4], 2).map((n) => [n % 2, n] as [number, number]);
    return (await pairs.reduceByKey((a, b) => a + b).collect()).length;
  },
  async folder() {
    return dirname(spark.engine.settings!.get("spark.sql.warehouse.dir")!);
  },
};

for await (const step of createInterface({ input: process.stdin })) {
  console.log(`${step} ${await steps[step]()}`);
}
await spark.stop();
