import { PlanError } from "../connect/plan-error.ts";

/**
 * Refuses an overwrite that would delete partitions it was told to keep: Sail ignores `partitionOverwriteMode`
 * and replaces them all.
 * @param option what the write itself says, which counts more than the session's setting
 * @throws PlanError with the way to replace one partition
 */
export function refuseDynamicOverwrite(option: string | undefined, setting: string | undefined): void {
  if ((option ?? setting)?.toLowerCase() !== "dynamic") return;
  throw new PlanError(
    "partitionOverwriteMode is dynamic, which keeps the other partitions, and Sail would delete them.",
    'Write into the partition\'s own folder: df.drop("day").write.mode("overwrite").parquet("events.parquet/day=2024-01-31")',
  );
}
