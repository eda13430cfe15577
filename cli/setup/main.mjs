// @ts-check
// Set-up: brings what the project needs and the machine lacks. Plain JavaScript, because it runs on the machine's Node.
import { existsSync, realpathSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./builds.mjs";
import { findJava } from "./find-java.mjs";
import { Lock } from "./lock.mjs";
import { npmPackages } from "./npm-packages.mjs";
import { ownNode } from "./own-node.mjs";
import { Project } from "./project.mjs";
import { pythonPackages } from "./python-packages.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * One step; run again after success it has nothing to do, and an aborted run leaves it needed.
 * @typedef {{ name: string, title: string, isNeeded: () => boolean, run: (onStart: (pid: number) => void) => Promise<void> }} Step
 */
/** @typedef {(project: Project) => Step} MakeStep */
/** @typedef {{ spark?: boolean, hub?: boolean, rebuild?: boolean }} Options `spark`: what test:spark needs as well; `hub`: JupyterHub */

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The steps in their order; those whose script this checkout doesn't hold are left out.
 * @param {Project} project
 * @param {Options} [options]
 * @returns {Step[]}
 */
export function steps(project, { spark = false, hub = false, rebuild = false } = {}) {
  const all = [
    ownNode(project),
    npmPackages(project),
    pythonPackages(project, {
      name: "python packages",
      title: "Python packages for Jupyter and the engine (.venv)",
      folder: ".venv",
      lock: "requirements.txt",
    }),
  ];
  const builds = [
    {
      name: "lab extension",
      title: "the JupyterLab extension",
      script: "labextension/build.mjs",
      sources: ["labextension", "runtime/wire"],
      products: ["share/jupyter/labextensions/@sightline/labextension/package.json"],
    },
    {
      name: "executor worker",
      title: "the executors' workers",
      script: "runtime/rdd/build.mjs",
      sources: ["runtime/rdd", "runtime/udf", "runtime/sql"],
      products: [".sightline/build/rdd-worker.cjs", ".sightline/build/udf-worker.cjs"],
    },
  ];
  for (const options of builds)
    if (existsSync(join(project.root, options.script)))
      all.push(build(project, { ...options, force: rebuild }));
  if (spark)
    all.push(
      pythonPackages(project, {
        name: "spark packages",
        title: "Spark 4.2 (.sightline/spark)",
        folder: ".sightline/spark",
        lock: "requirements-spark.txt",
      }),
    );
  if (hub)
    all.push(
      pythonPackages(project, {
        name: "hub packages",
        title: "JupyterHub (.sightline/jupyterhub)",
        folder: ".sightline/jupyterhub",
        lock: "requirements-hub.txt",
        // Root's hub runs servers of other accounts.
        isForAll: process.getuid?.() === 0,
      }),
    );
  return all;
}

/**
 * Does what is missing, a line each.
 * @param {Options & { root?: string, say?: (line: string) => void }} [options]
 * @returns {Promise<number>} how many steps there were to do
 * @throws {SetupError} with one sentence on what to install or do
 */
export async function setUp({ root: folder = root, say = console.log, ...options } = {}) {
  if (process.platform === "win32")
    throw new SetupError("Sightline runs on Windows through WSL2: clone it there.");
  const project = new Project(folder);
  if (options.spark) findJava();
  if (!steps(project, options).some((step) => step.isNeeded())) return 0;
  const lock = new Lock(join(project.state, "setup.lock"));
  await lock.acquire((pid) => say(`Waiting for another set-up, process ${pid} …`));
  try {
    if (existsSync(project.logFile) && statSync(project.logFile).size > 1 << 20) rmSync(project.logFile);
    let done = 0;
    // Later steps depend on earlier ones, so each is asked when its turn comes.
    for (const step of steps(project, options)) {
      if (!step.isNeeded()) continue;
      say(`Setting up ${step.title} …`);
      await step.run((pid) => lock.noteChild(pid));
      done++;
    }
    return done;
  } finally {
    lock.release();
  }
}

/** The names of the steps that a set-up would do now. */
export function pending() {
  return steps(new Project(root))
    .filter((step) => step.isNeeded())
    .map((step) => step.name);
}

/** @param {string[]} args */
export async function main(args) {
  const unknown = args.find((arg) => !["--spark", "--hub", "--rebuild"].includes(arg));
  if (unknown) {
    console.error(
      `Set-up has no option ${unknown}.\nIt has --spark (Spark for test:spark), --hub (JupyterHub) and --rebuild.`,
    );
    return 2;
  }
  try {
    const done = await setUp({
      spark: args.includes("--spark"),
      hub: args.includes("--hub"),
      rebuild: args.includes("--rebuild"),
    });
    // Before a script (prestart, pretest, …) a set-up that had nothing to do is silent.
    const isAsked = !process.env.npm_lifecycle_event?.startsWith("pre");
    if (done > 0) console.log("Set-up is complete.");
    else if (isAsked) console.log("Set-up is complete; nothing was missing.");
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2));
