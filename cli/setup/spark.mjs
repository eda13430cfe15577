// @ts-check
// Brings Spark alone, on the first use of SPARK_REMOTE=local[*]: the engine runs this and shows what it prints.
// Its last line is `java PATH`. It ends when its standard input does, which it does when its parent is gone.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findJava } from "./find-java.mjs";
import { Lock } from "./lock.mjs";
import { steps } from "./main.mjs";
import { Project } from "./project.mjs";
import { SetupError } from "./setup-error.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @returns {Promise<string>} the Java to use */
async function setUpSpark() {
  const java = findJava();
  const project = new Project(root);
  const step = steps(project, { spark: true }).find(({ name }) => name === "spark packages");
  const isThere = () =>
    existsSync(join(project.state, "spark/bin/python")) &&
    existsSync(join(project.state, "stamps/spark-packages"));
  // One of another version stays: a running notebook must not lose it.
  if (!step || isThere()) return java;
  const lock = new Lock(join(project.state, "setup.lock"));
  await lock.acquire((pid) => console.log(`waiting for another set-up, process ${pid}`));
  try {
    if (isThere()) return java;
    console.log(`installing ${step.title}, once, about 500 MB`);
    await step.run((pid) => lock.noteChild(pid));
    return java;
  } finally {
    lock.release();
  }
}

process.stdin.resume().on("end", () => process.kill(process.pid, "SIGTERM"));
try {
  console.log(`java ${await setUpSpark()}`);
  process.exit(0);
} catch (error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (!(error instanceof SetupError) && !code) throw error;
  console.error(message);
  process.exit(1);
}
