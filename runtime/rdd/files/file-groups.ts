// The files that are read whole, in groups, as Hadoop's CombineFileInputFormat makes them for one machine.
import { findFiles } from "./find-files.ts";
import type { FilePlace } from "./splits.ts";

/** Spark's `spark.files.openCostInBytes`: what opening a file costs, in bytes that could be read meanwhile. */
const openCostBytes = 4 << 20;
/** Spark's `spark.files.maxPartitionBytes`. */
const maxPartitionBytes = 128 << 20;

/**
 * The partitions of `wholeTextFiles`.
 * @throws PlanError when there is no such file; StorageError when HDFS can't be asked
 */
export async function wholeTextGroups(path: string, minPartitions: number): Promise<FilePlace[][]> {
  const files = await placesOf(path, "wholeTextFiles");
  const total = files.reduce((sum, { size }) => sum + size, 0);
  return fileGroups(files, Math.ceil(total / Math.max(minPartitions, 1)));
}

/**
 * The partitions of `binaryFiles`.
 * @param parallelism the context's default
 */
export async function binaryGroups(
  path: string,
  minPartitions: number,
  parallelism: number,
): Promise<FilePlace[][]> {
  const files = await placesOf(path, "binaryFiles");
  const total = files.reduce((sum, { size }) => sum + size + openCostBytes, 0);
  const each = Math.floor(total / Math.max(parallelism, minPartitions, 1));
  return fileGroups(files, Math.min(maxPartitionBytes, Math.max(openCostBytes, each)));
}

async function placesOf(path: string, method: string): Promise<FilePlace[]> {
  return (await findFiles(path, { method, folders: "skip" })).map(({ place }) => place);
}

/**
 * Groups of at least `bytes`, in order. What is left over, and all empty files, are the last group.
 * @param bytes 0: all files are one group
 */
export function fileGroups(files: readonly FilePlace[], bytes: number): FilePlace[][] {
  const groups: FilePlace[][] = [];
  let group: FilePlace[] = [];
  let size = 0;
  for (const file of files) {
    if (file.size === 0) continue;
    group.push(file);
    size += file.size;
    if (bytes === 0 || size < bytes) continue;
    groups.push(group);
    group = [];
    size = 0;
  }
  const grouped = new Set(groups.flat());
  const rest = files.filter((file) => !grouped.has(file));
  return rest.length > 0 ? [...groups, rest] : groups;
}
