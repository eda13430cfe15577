// @ts-check
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { SetupError } from "./setup-error.mjs";

const oldest = 17;

/** Where systems and tools put Java without saying so in the PATH: folders of its versions, and the way to it in each. */
const usualPlaces = [
  ["/usr/lib/jvm", "bin/java"],
  ["/usr/java", "bin/java"],
  ["/opt/java", "bin/java"],
  ["/Library/Java/JavaVirtualMachines", "Contents/Home/bin/java"],
  ["/opt/homebrew/opt", "bin/java"],
  ["/usr/local/opt", "bin/java"],
  [join(homedir(), ".sdkman/candidates/java"), "bin/java"],
  [join(homedir(), ".jdks"), "bin/java"],
];

/**
 * Finds the Java that a local Spark runs on: JAVA_HOME's, else the PATH's, else one in the usual places.
 * @param {string[][]} [places] folders and the way to Java in each of theirs
 * @returns {string} the command or path
 * @throws {SetupError} one sentence on what to install
 */
export function findJava(places = usualPlaces) {
  const home = process.env.JAVA_HOME;
  /** @type {string[]} */
  const seen = [];
  for (const java of candidates(home, places)) {
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

/**
 * @param {string | undefined} home
 * @param {string[][]} places
 */
function* candidates(home, places) {
  if (home) yield join(home, "bin", "java");
  yield "java";
  for (const [folder, way] of places) for (const name of versions(folder)) yield join(folder, name, way);
}

/**
 * The folders of Java's versions, by name the newest first.
 * @param {string} folder
 */
function versions(folder) {
  try {
    const names = readdirSync(folder).filter((name) => /java|jdk|jre|temurin|corretto|zulu|^\d/i.test(name));
    return names.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  } catch {
    return [];
  }
}
