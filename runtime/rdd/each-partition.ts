import type { RunningStage } from "./stage-runner.ts";

/** Hands the partitions of a stage over, one after the other, until nobody wants more. */
export async function eachPartition(
  { partitionCount, run }: RunningStage,
  isAhead: boolean,
  give: (records: unknown[]) => Promise<boolean>,
): Promise<void> {
  const compute = (index: number) => {
    const records = index < partitionCount ? run(index, index + 1) : Promise.resolve([]);
    records.catch(() => {}); // it is awaited below
    return records;
  };
  let next: Promise<unknown[]> | undefined;
  for (let index = 0; index < partitionCount; index++) {
    const records = await (next ?? compute(index));
    next = isAhead ? compute(index + 1) : undefined;
    if (await give(records)) continue;
    await next?.catch(() => {});
    return;
  }
}
