import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { PlanError } from "../connect/plan-error.ts";
import { projectFile } from "../engines/project-folder.ts";

/** A bundle that Node runs on the executors: of runtime/rdd/worker or runtime/udf/worker. */
export interface WorkerProgram {
  readonly path: string;
  readonly source: Uint8Array;
  /** SHA-256; what an executor has under another hash it doesn't run. */
  readonly hash: string;
}

const programs = new Map<string, WorkerProgram>();

/** @param name of the bundle that `build.mjs` makes */
export function workerProgram(name: "rdd-worker" | "udf-worker" = "rdd-worker"): WorkerProgram {
  const known = programs.get(name);
  if (known) return known;
  const path = projectFile(`.sightline/build/${name}.cjs`);
  let source: Uint8Array;
  try {
    source = readFileSync(path);
  } catch (error) {
    throw new PlanError(`The worker of functions isn't built: ${path}.`, "Build it: npm run setup", {
      cause: error,
    });
  }
  const program = { path, source, hash: createHash("sha256").update(source).digest("hex") };
  programs.set(name, program);
  return program;
}
