import { PlanError } from "../connect/plan-error.ts";
import { inferSchema } from "../sql/infer-schema.ts";
import type { LocalRow } from "../sql/local-rows.ts";
import type { GivenSchema } from "../sql/relation-source.ts";
import { type DataType, StructField, StructType } from "../sql/types.ts";
import type { JobPlanner, PlannedStage } from "./job-plan.ts";
import type { Lineage } from "./lineage.ts";

/** As PySpark: of so many records the types are told. */
const looked = 100;

export interface RowSchema {
  readonly schema: StructType;
  /** Whether a record is the value of the only column, not a row. */
  readonly isSingle: boolean;
}

/** What columns records become: as it was given, or as the first of them look. */
export async function rowSchema(
  { type, names }: GivenSchema,
  first: () => Promise<unknown[]>,
): Promise<RowSchema> {
  if (type instanceof StructType) return { schema: type, isSingle: false };
  if (type) return { schema: single(type), isSingle: true };
  const records = await first();
  if (records.length === 0) {
    throw new PlanError(
      "The RDD has no records to tell the types of columns from.",
      'Pass a schema: rdd.toDF("host string, n int")',
    );
  }
  const odd = records.find((record) => typeof record !== "object" || record === null);
  if (odd === undefined) return { schema: inferSchema(records as LocalRow[], names), isSingle: false };
  throw new PlanError(
    `The columns of the record ${JSON.stringify(odd)} can't be told: it is neither an array nor an object.`,
    'Pass the type of the one column, rdd.toDF("string"), or make rows: rdd.map((value) => [value]).toDF(["value"])',
  );
}

function single(type: DataType): StructType {
  return new StructType([new StructField("value", type)]);
}

/** The first records of an RDD, from as few partitions as have them. */
export async function firstRecords(
  planner: JobPlanner,
  lineage: Lineage,
  run: (stage: PlannedStage, start: number, end: number) => Promise<unknown[]>,
): Promise<unknown[]> {
  const stage = await planner.stage(lineage, { kind: "collect", limit: looked });
  // Where blocks come through the engine, all of the partitions are computed anyway.
  const step = stage.inputs.length > 0 ? stage.partitionCount : 1;
  const records: unknown[] = [];
  for (let start = 0; start < stage.partitionCount && records.length < looked; start += step)
    for (const record of await run(stage, start, Math.min(start + step, stage.partitionCount)))
      records.push(record);
  return records.slice(0, looked);
}
