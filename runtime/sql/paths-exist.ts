import { access, glob } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SparkError } from "../connect/spark-error.ts";
import { hdfsPathExists } from "./hdfs-path-exists.ts";

/**
 * Fails as Spark does when one of the paths isn't there. Looks at paths of this machine, where patterns need one match,
 * and at HDFS, where its web address answers.
 * @throws SparkError PATH_NOT_FOUND with the whole path; UNSUPPORTED_FEATURE for a pattern on HDFS
 */
export async function pathsExist(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if (/^hdfs:/i.test(path)) {
      await hdfsPathIsThere(path);
      continue;
    }
    if (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path)) continue;
    const local = resolve(path.startsWith("file:") ? fileURLToPath(path) : path);
    if (await exists(local)) continue;
    throw notFound(local, "Check the path; a relative one starts at the notebook's folder.");
  }
}

async function hdfsPathIsThere(path: string): Promise<void> {
  if ((await hdfsPathExists(path)) !== false) return;
  if (!isPattern(path)) throw notFound(path, "Check the path: hdfs dfs -ls /");
  throw new SparkError(
    `UNSUPPORTED_FEATURE: the embedded engine knows no patterns on HDFS, and would read no rows: ${path}.\n` +
      'Read the folder and choose rows, spark.read.parquet("hdfs://…/lake").where("source = \'siem\'"), or use Spark: ' +
      "`npm run setup -- --spark`, then start with SPARK_REMOTE=local[*].",
    { errorClass: "UNSUPPORTED_FEATURE", sqlState: "0A000" },
  );
}

function notFound(path: string, remedy: string): SparkError {
  return new SparkError(`PATH_NOT_FOUND: there is no file or folder ${path}.\n${remedy}`, {
    errorClass: "PATH_NOT_FOUND",
    sqlState: "42K03",
  });
}

function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

async function exists(path: string): Promise<boolean> {
  if (isPattern(path)) {
    for await (const _ of glob(path)) return true;
  }
  return access(path).then(
    () => true,
    () => false,
  );
}
