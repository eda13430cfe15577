import type { ConnectClient } from "../../connect/client.ts";
import { SparkError } from "../../connect/spark-error.ts";
import { expandBraces, isPattern, matchPattern } from "./path-pattern.ts";
import { isElsewhere, placeOf } from "./place.ts";

/** The formats whose paths are of files and folders; what a source of somebody's own takes for a path is its matter. */
const ofFiles = new Set("parquet csv json text orc avro arrow binaryfile xml delta iceberg".split(" "));

/**
 * What the embedded engine is to read. It takes a path that isn't there for no rows, and many patterns too: here
 * they are found as Spark finds them, patterns replaced by what they match. Looks at files of this machine, at HDFS by
 * its web address, and asks the engine about other storages.
 * @throws SparkError PATH_NOT_FOUND with the whole path or pattern
 */
export async function findPaths(
  client: ConnectClient,
  paths: readonly string[],
  format: string,
): Promise<string[]> {
  const isOfFiles = ofFiles.has(format.toLowerCase());
  const find = (path: string) => {
    if (isElsewhere(path) && !isOfFiles) return [path];
    return isPattern(path) ? findMatches(client, path) : findPath(client, path);
  };
  return (await Promise.all(paths.map(find))).flat();
}

async function findPath(client: ConnectClient, path: string): Promise<[string]> {
  const place = await placeOf(client, path);
  if (!(await place.exists())) throw notFound(isElsewhere(path) ? path : place.toPath(place.names));
  return [path];
}

async function findMatches(client: ConnectClient, pattern: string): Promise<string[]> {
  // Of files beside each other the engine knows patterns, and asks a storage once instead of once a file.
  let isKnown = !/[[{\\]|\*\*|[*?].*\//s.test(pattern);
  const found = new Set<string>();
  for (const one of expandBraces(pattern)) {
    const place = await placeOf(client, one);
    if (!isPattern(one)) {
      if (await place.exists()) found.add(place.toPath(place.names));
      continue;
    }
    for (const { path, isDirectory } of await matchPattern(place.names, place.list)) {
      found.add(place.toPath(path));
      isKnown &&= !isDirectory;
    }
    isKnown &&= (await place.list(place.names.slice(0, -1))).every((entry) => !entry.isDirectory);
  }
  if (found.size === 0) throw notFound(pattern);
  return isKnown ? [pattern] : [...found];
}

function notFound(path: string): SparkError {
  const remedy = /^hdfs:/i.test(path)
    ? "Check the path: hdfs dfs -ls /"
    : isElsewhere(path)
      ? "Check the path; a folder without files isn't there on such a storage."
      : "Check the path; a relative one starts at the notebook's folder.";
  return new SparkError(`PATH_NOT_FOUND: there is no file or folder ${path}.\n${remedy}`, {
    errorClass: "PATH_NOT_FOUND",
    sqlState: "42K03",
  });
}
