// Bundles the workers of RDDs and of UDFs, each into one file that any Node can run: `node runtime/rdd/build.mjs`. The set-up calls it.
import { buildSync } from "esbuild";
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

const runtime = join(import.meta.dirname, "..");

/** @param {"rdd" | "udf"} room */
const workerFile = (room) => join(runtime, "..", ".sightline", "build", `${room}-worker.cjs`);

/**
 * Builds one anew; takes some tens of milliseconds.
 * @param {"rdd" | "udf"} room
 */
export function buildWorker(room) {
  const file = workerFile(room);
  mkdirSync(dirname(file), { recursive: true });
  // Written beside and renamed: a session that starts meanwhile reads a whole file.
  const outfile = `${file}.${process.pid}`;
  buildSync({
    entryPoints: [join(runtime, room, "worker", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    charset: "utf8",
    // Values are told apart by the names of their classes, and two libraries have a Decimal.
    keepNames: true,
    minifySyntax: room === "udf",
    logLevel: "warning",
  });
  renameSync(outfile, file);
  return file;
}

if (process.argv[1] === import.meta.filename)
  for (const room of /** @type {const} */ (["rdd", "udf"])) console.log(`Built ${buildWorker(room)}`);
