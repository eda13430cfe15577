import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { PlanError } from "../connect/plan-error.ts";
import { projectFile } from "../engines/project-folder.ts";

/** The bundle of runtime/rdd/worker that Node runs on the executors. */
export interface WorkerProgram {
  readonly path: string;
  readonly source: Uint8Array;
  /** SHA-256; what an executor has under another hash it doesn't run. */
  readonly hash: string;
}

let program: WorkerProgram | undefined;

export function workerProgram(): WorkerProgram {
  if (program) return program;
  const path = projectFile(".sightline/build/rdd-worker.cjs");
  let source: Uint8Array;
  try {
    source = readFileSync(path);
  } catch (error) {
    throw new PlanError(`The worker of RDDs isn't built: ${path}.`, "Build it: npm run setup", {
      cause: error,
    });
  }
  program = { path, source, hash: createHash("sha256").update(source).digest("hex") };
  return program;
}
