// Spark and Java, before Spark is started: found, or brought by the project's own set-up.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { createInterface } from "node:readline";
import { EngineError } from "../engine-error.ts";
import { projectFile } from "../project-folder.ts";

/**
 * Installs pyspark, which brings Spark's jars, if it isn't there, and finds Java.
 * @param tell called with what it does, when that takes its time
 * @returns the variables that Spark is to be started with
 * @throws EngineError when there is no Java, or the installation fails, with what to do
 */
export async function setUpSpark(tell: (text: string) => void): Promise<NodeJS.ProcessEnv> {
  const child = spawn(process.execPath, [projectFile("cli/setup/spark.mjs")], { stdio: "pipe" });
  let java: string | undefined;
  let failure = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    java = /^java (.+)$/.exec(line)?.[1];
    if (java === undefined) tell(line);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (failure += text));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 || java === undefined) {
    const why = failure.trim() || `set-up ended with code ${code}.`;
    throw new EngineError(
      `Spark can't be started on this machine: ${why}`,
      "Run `npm run setup -- --spark` in the project's folder, as who owns it, to see more; or use the embedded engine: " +
        "unset SPARK_REMOTE.",
    );
  }
  // Spark looks for it in JAVA_HOME and the PATH only.
  return isAbsolute(java) ? { JAVA_HOME: dirname(dirname(realpathSync(java))) } : {};
}
