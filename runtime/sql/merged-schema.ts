// What `mergeSchema` promises, on the embedded engine: it looks at ten files of a folder only.
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ConnectClient } from "../connect/client.ts";
import { SparkError } from "../connect/spark-error.ts";
import { readFiles } from "../plan/relation.ts";
import { hdfsPlace } from "./hdfs-path-exists.ts";
import { schemaFromMessage } from "./schema-from-message.ts";
import { StructField, StructType } from "./types.ts";

/** How many files of a folder Sail looks at for its schema. */
const LOOKED_AT = 10;
/** Files asked about at once. */
const PORTION = 1000;

/**
 * The columns of all Parquet files below these paths, then the partition columns, as far as the files can be listed from
 * here; each may be null. Undefined where there are none.
 * @throws SparkError CANNOT_MERGE_SCHEMAS when a column has two types
 */
export async function mergedSchema(
  client: ConnectClient,
  paths: readonly string[],
  options: Readonly<Record<string, string>>,
): Promise<StructType | undefined> {
  const lists = await Promise.all(paths.map(filesBelow));
  // Where the engine looks at every file, or the files can't be listed from here, it is asked about the paths alone.
  const isSeen = lists.includes(undefined) || lists.every((list) => list!.length <= LOOKED_AT);
  const files = isSeen ? [] : lists.flatMap((list) => list ?? []);
  const schemaOf = async (some: readonly string[]) =>
    schemaFromMessage(await client.schema(readFiles("parquet", [...some], undefined, { ...options })));
  const fields = new Map<string, StructField>();
  for (let from = 0; from < files.length; from += PORTION) {
    for (const field of (await schemaOf(files.slice(from, from + PORTION))).fields) addField(fields, field);
  }
  // The folders' own names give columns that no file has.
  for (const field of (await schemaOf(paths)).fields)
    if (!fields.has(field.name)) fields.set(field.name, field);
  if (fields.size === 0) return undefined;
  // A column that no null was written to is null in the files that lack it.
  return new StructType(
    [...fields.values()].map((field) => new StructField(field.name, field.dataType, true)),
  );
}

function addField(fields: Map<string, StructField>, field: StructField): void {
  const known = fields.get(field.name);
  const [was, is] = [known?.dataType.simpleString(), field.dataType.simpleString()];
  if (known && was !== is) {
    throw new SparkError(
      `CANNOT_MERGE_SCHEMAS: the column \`${field.name}\` is ${was} in some files and ${is} in others.\n` +
        "Write it again with one type, or read with a schema: spark.read.schema(…).",
      { errorClass: "CANNOT_MERGE_SCHEMAS", sqlState: "42KD9" },
    );
  }
  fields.set(field.name, known ?? field);
}

/** The files of a folder and those below it, as the engine lists them; undefined where that can't be found out. */
async function filesBelow(path: string): Promise<string[] | undefined> {
  if (/[*?[{]/.test(path)) return undefined;
  if (/^hdfs:/i.test(path)) return hdfsFilesBelow(path);
  if (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path)) return undefined;
  const local = resolve(path.startsWith("file:") ? fileURLToPath(path) : path);
  if (!(await stat(local)).isDirectory()) return [local];
  const entries = await readdir(local, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !isHidden(name))
      .map((entry) => {
        const inside = join(local, entry.name);
        return entry.isDirectory() ? filesBelow(inside) : [inside];
      }),
  );
  return found.includes(undefined) ? undefined : (found.flat() as string[]).toSorted();
}

async function hdfsFilesBelow(path: string): Promise<string[] | undefined> {
  const place = await hdfsPlace(path);
  if (!place) return undefined;
  const { storage, inside } = place;
  const root = path.slice(0, path.indexOf("/", "hdfs://".length));
  const walk = async (folder: string): Promise<string[]> => {
    const entries = (await storage.list(folder)).filter(({ name }) => !isHidden(name));
    const below = entries.map(({ name, isDirectory }) => {
      const at = folder === "" ? name : `${folder}/${name}`;
      return isDirectory ? walk(at) : [`${root}/${at.split("/").map(encodeURIComponent).join("/")}`];
    });
    return (await Promise.all(below)).flat();
  };
  return walk(inside);
}

/** What Spark passes over. */
function isHidden(name: string): boolean {
  return name.startsWith("_") || name.startsWith(".");
}
