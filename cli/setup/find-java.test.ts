import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findJava } from "./find-java.mjs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-java-"));
  vi.stubEnv("JAVA_HOME", undefined);
  vi.stubEnv("PATH", "/nowhere");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Makes a command that says it is this Java. */
function java(name: string, version: string): string {
  const bin = join(folder, name, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "java"), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
  chmodSync(join(bin, "java"), 0o755);
  return join(bin, "java");
}

test("without Java the message names the version and the command that installs it", () => {
  expect(() => findJava([[folder, "bin/java"]])).toThrow(
    /^Spark needs Java 17 or newer, and none was found: install it, for example with sudo apt-get install openjdk-17-jre-headless/,
  );
});

test("a Java that is too old is named", () => {
  vi.stubEnv("JAVA_HOME", join(java("jdk-8", "1.8.0_402"), "..", ".."));
  expect(() => findJava([])).toThrow(`none was found (${join(folder, "jdk-8/bin/java")} is 8)`);
});

test("a usual place is looked into, the newest version first", () => {
  java("jdk-8", "1.8.0_402");
  java("jdk-17", "17.0.12");
  const newest = java("jdk-21", "21.0.4");
  mkdirSync(join(folder, "other"));
  expect(
    findJava([
      ["/nowhere", "bin/java"],
      [folder, "bin/java"],
    ]),
  ).toBe(newest);
});

test("JAVA_HOME comes before the usual places, and the PATH too", () => {
  java("jdk-21", "21.0.4");
  const own = java("mine", "17.0.1");
  vi.stubEnv("PATH", join(own, ".."));
  expect(findJava([[folder, "bin/java"]])).toBe("java");
  vi.stubEnv("JAVA_HOME", join(folder, "jdk-21"));
  expect(findJava([])).toBe(join(folder, "jdk-21/bin/java"));
});
