// `df.rdd`: the rows of a DataFrame as records. `sql` can't import this room, so it is added from here.
import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ConnectClient } from "../connect/client.ts";
import { mayBeOrdered } from "../plan/keeps-order.ts";
import type { RDD } from "../rdd/rdd.ts";
import { KeptFile } from "../rdd/worker/kept-file.ts";
import { rowsOf } from "../sql/arrow-rows.ts";
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
     * RDD computes the frame anew, unless one of them is cached. The rows of a sorted frame keep their order; on the
     * embedded engine they pass through here then, into partitions of 64 MB.
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

/** What Spark makes partitions of after a sort, too. */
const partitionBytes = 64e6;

async function writeRows(
  df: DataFrame,
  folder: string,
  client: ConnectClient,
  signal: AbortSignal | undefined,
): Promise<number> {
  // Sail sorts only what it gives out. Some plans are made when they are first needed, so it is asked within.
  const isInOrder = () => Promise.resolve(mayBeOrdered(df.relation));
  if (df.sparkSession.engine.name === "sail" && (await df.within(client, isInOrder)))
    return writeInOrder(df, folder, client, signal);
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

function writeInOrder(
  df: DataFrame,
  folder: string,
  client: ConnectClient,
  signal: AbortSignal | undefined,
): Promise<number> {
  return df.within(client, async () => {
    let count = 0;
    let bytes = 0;
    let file: KeptFile | undefined;
    try {
      for await (const batch of client.batches(df.relation, { signal })) {
        if (batch.numRows === 0) continue;
        file ??= new KeptFile(join(folder, String(count++)), new Map());
        file.write(rowsOf(batch, df.reading));
        bytes += batch.data.byteLength;
        if (bytes < partitionBytes) continue;
        file.close();
        file = undefined;
        bytes = 0;
      }
      file?.close();
    } catch (error) {
      file?.abort();
      throw error;
    }
    return count;
  });
}
