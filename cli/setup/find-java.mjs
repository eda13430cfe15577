// @ts-check
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { SetupError } from "./setup-error.mjs";

const oldest = 17;

/**
 * Finds the Java that a local Spark runs on: JAVA_HOME's, else the PATH's.
 * @returns {string} the command or path
 * @throws {SetupError} one sentence on what to install
 */
export function findJava() {
  const home = process.env.JAVA_HOME;
  /** @type {string[]} */
  const seen = [];
  for (const java of [...(home ? [join(home, "bin", "java")] : []), "java"]) {
    const { status, stdout, stderr } = spawnSync(java, ["-version"], { encoding: "utf8", timeout: 20_000 });
    const major = status === 0 ? /version "(?:1\.)?(\d+)/.exec(stdout + stderr)?.[1] : undefined;
    if (major && +major >= oldest) return java;
    if (major) seen.push(`${java} is ${major}`);
  }
  const others = seen.length > 0 ? ` (${seen.join(", ")})` : "";
  throw new SetupError(
    `Spark needs Java ${oldest} or newer, and none was found${others}: install it, for example with ` +
      "sudo apt-get install openjdk-17-jre-headless, or brew install openjdk@17, and run the same command again.",
  );
}
