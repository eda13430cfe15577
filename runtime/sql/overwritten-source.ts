import { sep } from "node:path";
import { SparkError } from "../connect/spark-error.ts";
import { inputsOf } from "../plan/inputs.ts";
import type { Relation } from "../plan/relation.ts";

/**
 * Refuses to overwrite files that the plan reads: they would be deleted before they are read, as Spark says too.
 * Looks through temp views, also where SQL text names them.
 * @throws SparkError UNSUPPORTED_OVERWRITE.PATH
 */
export function refuseOverwritingSource(
  input: Relation,
  target: string,
  views: ReadonlyMap<string, Relation>,
): void {
  const source = pathsRead(input, views).find((path) => overlap(path, target));
  if (source === undefined) return;
  throw new SparkError(
    `UNSUPPORTED_OVERWRITE.PATH: ${target} can't be overwritten while ${source} is read: its rows would be lost.\n` +
      "Write to another folder, or read the rows into this process first: spark.createDataFrame(await df.collect(), schema)",
    { errorClass: "UNSUPPORTED_OVERWRITE.PATH", sqlState: "0A000" },
  );
}

function pathsRead(
  input: Relation,
  views: ReadonlyMap<string, Relation>,
  seen = new Set<string>(),
): string[] {
  const { relType } = input;
  const read = relType.case === "read" ? relType.value.readType : undefined;
  if (read?.case === "dataSource") return read.value.paths;
  const names =
    read?.case === "namedTable"
      ? [read.value.unparsedIdentifier]
      : relType.case === "sql"
        ? (relType.value.query.match(/[\p{L}\p{N}_]+/gu) ?? [])
        : [];
  const viewed = names.flatMap((name) => {
    const bare = name.replaceAll("`", "");
    const view = views.get(bare) ?? views.get(bare.toLowerCase());
    if (!view || seen.has(name)) return [];
    seen.add(name);
    return [view];
  });
  return [...inputsOf(input), ...viewed].flatMap((relation) => pathsRead(relation, views, seen));
}

function overlap(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => path.replace(/^file:(\/\/)?/, "").replace(/\/+$/, "") + sep);
  return one.startsWith(other) || other.startsWith(one);
}
