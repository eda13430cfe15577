// Bundles the worker into one file that any Node can run: `node runtime/rdd/build.mjs`. The set-up calls it.
import { buildSync } from "esbuild";
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

const entry = join(import.meta.dirname, "worker", "main.ts");

/** Where the bundle lies. */
export const workerFile = join(import.meta.dirname, "..", "..", ".sightline", "build", "rdd-worker.cjs");

/** Builds it anew; takes some tens of milliseconds. */
export function buildWorker() {
  mkdirSync(dirname(workerFile), { recursive: true });
  // Written beside and renamed: a session that starts meanwhile reads a whole file.
  const outfile = `${workerFile}.${process.pid}`;
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    charset: "utf8",
    logLevel: "warning",
  });
  renameSync(outfile, workerFile);
  return workerFile;
}

if (process.argv[1] === import.meta.filename) console.log(`Built ${buildWorker()}`);
