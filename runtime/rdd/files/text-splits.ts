// The byte ranges that files are read in, as Hadoop's FileInputFormat chooses them.
import { PlanError } from "../../connect/plan-error.ts";
import { findFiles, type FoundFile } from "./find-files.ts";
import type { RecordSplit, TextSplit } from "./splits.ts";

/** The last range of a file may be this much larger than the others. */
const slop = 1.1;

/**
 * The partitions of `textFile`. An empty file has none, a packed one is one.
 * @param path a file, a folder, a pattern, or several with commas between; relative to the working folder
 * @throws PlanError when there is no such file; StorageError when HDFS can't be asked
 */
export async function textSplits(path: string, minPartitions: number): Promise<TextSplit[]> {
  const files = await findFiles(path, { method: "textFile", folders: "refuse" });
  for (const { place } of files) {
    const unknown = /\.(bz2|lz4|snappy|lzo|xz)$/i.exec(place.path)?.[1];
    if (unknown === undefined) continue;
    throw new PlanError(
      `textFile("${path}") doesn't unpack ${unknown}: ${place.path}.`,
      "Unpack it first, or pack it with gzip or zstd. " +
        `spark.read.text("${path}") reads what the engine knows.`,
    );
  }
  const total = files.reduce((sum, { place }) => sum + place.size, 0);
  const goal = Math.floor(total / Math.max(minPartitions, 1));
  return files.flatMap((found) => {
    const { place: file, blockBytes } = found;
    if (file.codec && file.size > 0) return [{ file, start: 0, end: file.size }];
    return ranges(found, Math.max(1, Math.min(goal, blockBytes)));
  });
}

/**
 * The partitions of `binaryRecords`: blocks of whole records.
 * @param recordLength in bytes
 */
export async function recordSplits(path: string, recordLength: number): Promise<RecordSplit[]> {
  const files = await findFiles(path, { method: "binaryRecords", folders: "refuse" });
  return files.flatMap((found) => {
    const records = Math.max(1, Math.floor(found.blockBytes / recordLength));
    return ranges(found, records * recordLength).map((range) => ({ ...range, recordLength }));
  });
}

function ranges({ place: file }: FoundFile, splitBytes: number): TextSplit[] {
  const splits: TextSplit[] = [];
  let start = 0;
  for (; (file.size - start) / splitBytes > slop; start += splitBytes) {
    splits.push({ file, start, end: start + splitBytes });
  }
  if (start < file.size) splits.push({ file, start, end: file.size });
  return splits;
}
