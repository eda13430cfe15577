// `df.rdd`: the rows of a DataFrame as records. `sql` can't import this room, so it is added from here.
import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ConnectClient } from "../connect/client.ts";
import type { RDD } from "../rdd/rdd.ts";
import { DataFrame } from "../sql/dataframe.ts";
import { sparkPartitionId } from "../sql/functions/index.ts";
import type { Row } from "../sql/row.ts";
import { eachOf } from "./dataframe-functions.ts";
import { writeRowFile } from "./write-row-file.ts";

declare module "../sql/dataframe.ts" {
  // The class's own parameters must be repeated to be merged with.
  interface Frame<S = any> {
    /**
     * The rows as records of an RDD, in the partitions that the engine has them in. Runs nothing; each action on the
     * RDD computes the frame anew, unless one of them is cached.
     * @example await df.rdd.map((row) => [row.host, 1]).countByKey()
     * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.rdd.html
     */
    readonly rdd: RDD<Row<S>>;
  }
}

Object.defineProperty(DataFrame.prototype, "rdd", {
  configurable: true,
  get(this: DataFrame): RDD<Row> {
    return this.sparkSession.sparkContext.rddOf({
      kind: "rows",
      method: "df.rdd",
      write: (folder, client, signal) => writeRows(this, folder, client, signal),
    });
  },
});

async function writeRows(
  df: DataFrame,
  folder: string,
  client: ConnectClient,
  signal: AbortSignal | undefined,
): Promise<number> {
  const placed = df.select("*", sparkPartitionId().alias("sightline_partition"));
  const written = eachOf(placed, "foreachPartition", (rows: Iterable<Row>) => writeRowFile(rows, folder));
  await written.within(client, async () => {
    for await (const batch of client.batches(written.relation, { signal })) void batch;
  });
  // A try that failed may have left a file of another name.
  const found = readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const count = Math.max(-1, ...found) + 1;
  // Partitions without rows are partitions too.
  for (let index = 0; index < count; index++)
    if (!found.includes(index)) closeSync(openSync(join(folder, String(index)), "w", 0o600));
  return count;
}
