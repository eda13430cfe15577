import { type ConnectClient, rootPlan } from "../../connect/client.ts";
import { SparkError } from "../../connect/spark-error.ts";
import { readFiles } from "../../plan/relation.ts";
import type { Entry } from "./path-pattern.ts";

/** What the engine finds below a path of a storage that only it can reach. */
export interface Listing {
  readonly isThere: boolean;
  /** What is in a folder below, given by its names from the root. */
  below(folder: readonly string[]): Entry[];
}

/**
 * What the embedded engine finds at a path, by asking which files a read would be of; nothing is read.
 * @throws SparkError as the engine says it: no such bucket, no credentials, nothing answers
 */
export async function listByEngine(client: ConnectClient, path: string): Promise<Listing> {
  try {
    const files = await filesOf(client, path);
    // An empty folder may be an object of its own, which only a pattern finds.
    const isThere = files.length > 0 || (await filesOf(client, `${path.replace(/\/+$/, "")}/*`)).length > 0;
    return { isThere, below: (folder) => entriesBelow(files, folder) };
  } catch (error) {
    if (!(error instanceof SparkError) || error.errorClass !== "CONFLICTING_PARTITION_COLUMN_NAMES")
      throw error;
    return { isThere: true, below: () => refuse(path, error) };
  }
}

/** The files' names from the root. */
async function filesOf(client: ConnectClient, path: string): Promise<string[][]> {
  const plan = rootPlan(readFiles("text", [path]));
  const { result } = await client.analyze({ case: "inputFiles", value: { plan } });
  const files = result.case === "inputFiles" ? result.value.files : [];
  return files.map((file) => namesOf(file.replace(/^[^/]+\/\/[^/]*/, "")));
}

/** The names in the path of an address, whose escapes stand for their characters. */
export function namesOf(path: string): string[] {
  return path.split("/").filter(Boolean).map(unescape);
}

function unescape(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function entriesBelow(files: readonly string[][], folder: readonly string[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const names of files) {
    if (names.length <= folder.length || folder.some((name, place) => names[place] !== name)) continue;
    const name = names[folder.length];
    entries.set(name, { name, isDirectory: names.length > folder.length + 1 });
  }
  return [...entries.values()];
}

function refuse(path: string, cause: SparkError): never {
  throw new SparkError(
    `UNSUPPORTED_FEATURE: the embedded engine can't find what a pattern matches below ${path}, ` +
      "where folders are partitioned in several ways.\n" +
      "Name the folders: spark.read.parquet(one, other)",
    { errorClass: "UNSUPPORTED_FEATURE", sqlState: "0A000", cause },
  );
}
