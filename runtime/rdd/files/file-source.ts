import { PlanError } from "../../connect/plan-error.ts";
import { shown } from "../../sql/argument-error.ts";
import { binaryGroups, wholeTextGroups } from "./file-groups.ts";
import type { FilePlace, RecordSplit, TextSplit } from "./splits.ts";
import { recordSplits, textSplits } from "./text-splits.ts";

/** Files as an RDD names them; they are looked up when an action runs. */
export type FileSource =
  | { readonly method: "textFile" | "wholeTextFiles"; readonly path: string; readonly minPartitions: number }
  | {
      readonly method: "binaryFiles";
      readonly path: string;
      readonly minPartitions: number;
      /** The context's default. */
      readonly parallelism: number;
    }
  | { readonly method: "binaryRecords"; readonly path: string; readonly recordLength: number };

/** What each partition reads. */
export type FileParts =
  | { readonly method: "textFile"; readonly parts: readonly TextSplit[] }
  | {
      readonly method: "wholeTextFiles" | "binaryFiles";
      readonly parts: readonly (readonly FilePlace[])[];
    }
  | { readonly method: "binaryRecords"; readonly parts: readonly RecordSplit[] };

/**
 * Looks up the files of an RDD, and shares them out.
 * @param isLocal whether executors see this machine's files
 * @throws PlanError when there are none, or executors can't see them; StorageError when HDFS can't be asked
 */
export async function fileParts(source: FileSource, isLocal: boolean): Promise<FileParts> {
  if (!isLocal && !/^(hdfs:[^,]*(,\s*|$))+$/i.test(source.path)) {
    throw new PlanError(
      `${source.method}("${source.path}") reads files of this machine, which executors of another one can't see.`,
      "Put them where those can: hdfs://. Or read them as a DataFrame where the engine is: spark.read.text(path)",
    );
  }
  switch (source.method) {
    case "textFile":
      return { method: source.method, parts: await textSplits(source.path, source.minPartitions) };
    case "wholeTextFiles":
      return { method: source.method, parts: await wholeTextGroups(source.path, source.minPartitions) };
    case "binaryFiles": {
      const { path, minPartitions, parallelism } = source;
      return { method: source.method, parts: await binaryGroups(path, minPartitions, parallelism) };
    }
    case "binaryRecords":
      return { method: source.method, parts: await recordSplits(source.path, source.recordLength) };
  }
}

/** So much longer is text than what it is packed into, at most. */
const packedRatio = 5;

/** How many bytes are read, unpacked. */
export function bytesOfFiles({ method, parts }: FileParts): number {
  if (method === "wholeTextFiles" || method === "binaryFiles") {
    const files = (parts as readonly (readonly FilePlace[])[]).flat();
    return files.reduce((sum, { size, codec }) => sum + size * (codec ? packedRatio : 1), 0);
  }
  return (parts as readonly TextSplit[]).reduce(
    (sum, { file, start, end }) => sum + (end - start) * (file.codec ? packedRatio : 1),
    0,
  );
}

/** @throws PlanError for what is no path, with an example of a right call */
export function checkPath(method: string, path: unknown, example = `sc.${method}("events.log")`): string {
  if (typeof path === "string" && path !== "") return path;
  throw new PlanError(
    `${method}() was given ${path === "" ? "no path" : shown(path)}.`,
    `Pass one: ${example}`,
  );
}

/** What was given, or the default for nothing and 0, as in PySpark. @throws PlanError for less */
export function checkMinPartitions(method: string, value: unknown, byDefault: number): number {
  if (value === undefined || value === null || value === 0) return byDefault;
  if (Number.isInteger(value) && (value as number) > 0) return value as number;
  throw new PlanError(
    `${method}() was given ${shown(value)} partitions.`,
    "Pass a whole number from 1, or leave it out.",
  );
}

/** @throws PlanError for anything but a whole number from 1 */
export function checkRecordLength(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  throw new PlanError(
    `binaryRecords() was given records of ${shown(value)} bytes.`,
    'Pass how long each is, in bytes from 1: sc.binaryRecords("samples.bin", 16)',
  );
}
