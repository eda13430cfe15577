// Java, which the servers run on, and Maven, which fetches them.
import { spawnSync } from "node:child_process";
import { findJava as findSparkJava } from "../../cli/setup/find-java.mjs";
import { DevError } from "../dev-error.ts";

/** What brings Java and Maven to a Debian machine, the words of a skipped test. */
export const installCommand = "apt-get install openjdk-17-jre-headless maven";

/**
 * Finds Java 17 or newer: JAVA_HOME's, else the PATH's, else one in the usual places.
 * @param places other ones to look in, for tests
 * @throws DevError naming the ones that are too old, and how to install one
 */
export function findJava(places?: string[][]): string {
  try {
    return findSparkJava(places);
  } catch (cause) {
    const seen = /\(.*? is \d+.*?\)/.exec((cause as Error).message)?.[0];
    throw new DevError(
      `Kafka, HDFS and Spark need Java 17 or newer, and none was found${seen ? ` ${seen}` : ""}.`,
      `Install it: ${installCommand} (macOS: brew install openjdk@17 maven)`,
      { cause },
    );
  }
}

/**
 * What starting servers lacks on this machine, for tests that skip themselves.
 * @returns the command that brings it, or undefined when nothing is missing
 * @example const missing = missingTools(); if (missing) context.skip(missing);
 */
export function missingTools(): string | undefined {
  try {
    findJava();
    findMaven();
    return undefined;
  } catch {
    return installCommand;
  }
}

/**
 * Finds Maven.
 * @throws DevError with how to install it
 */
export function findMaven(): string {
  if (hasMaven()) return "mvn";
  throw new DevError(
    "Kafka and HDFS are fetched with Maven (mvn), and it was not found.",
    `Install it: ${installCommand} (macOS: brew install maven)`,
  );
}

function hasMaven(): boolean {
  return spawnSync("mvn", ["--version"], { timeout: 60_000 }).status === 0;
}
