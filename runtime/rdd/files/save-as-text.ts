import { setTimeout as sleep } from "node:timers/promises";
import type { Lineage } from "../lineage.ts";
import { operation } from "../lineage-steps.ts";
import type { RunningJob } from "../stage-runner.ts";
import { OutputFolder } from "./output-folder.ts";
import type { Codec } from "./splits.ts";

/** Workers look several times a second whether their job goes on. */
const workersEndMs = 500;

/** Writes the records of an RDD to a new folder, or nothing. */
export async function saveAsText(
  job: RunningJob,
  source: Lineage,
  { path, codec }: { readonly path: string; readonly codec: Codec | undefined },
): Promise<void> {
  const folder = await OutputFolder.create(path, codec, job.scratchFolder);
  try {
    const args = folder.output;
    const names = await job.collect(operation(source, "saveText", "saveAsTextFile", { args }));
    await folder.commit(names as string[]);
  } catch (error) {
    // The first failure says more than one of these. A task of another partition may write until its worker has ended.
    await folder.abort().catch(() => {});
    await sleep(workersEndMs);
    await folder.abort().catch(() => {});
    throw error;
  }
}
