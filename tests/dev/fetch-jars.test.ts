import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, type TestContext, vi } from "vitest";
import { fetchJars } from "../../dev/jars/fetch-jars.ts";
import { findJava, missingTools } from "../../dev/jars/find-tools.ts";
import { places } from "../../dev/places.ts";
import { Command, root } from "../support/command.ts";
import { allGone, descendants } from "../support/processes.ts";

let pom: string;
let jars: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-jars-"));
  pom = join(folder, "pom.xml");
  jars = join(places.jars, `${basename(folder)}-1.0`);
  writePom("slf4j-api", "1.7.36");
  onTestFinished(() => {
    for (const path of [folder, jars, `${jars}.part`]) rmSync(path, { recursive: true, force: true });
  });
});

function writePom(artifact: string, version: string): void {
  const name = basename(join(pom, ".."));
  writeFileSync(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>${name}</artifactId>
      <version>1.0</version><packaging>pom</packaging><dependencies><dependency><groupId>org.slf4j</groupId>
      <artifactId>${artifact}</artifactId><version>${version}</version></dependency></dependencies>
      <build><pluginManagement><plugins><plugin><artifactId>maven-dependency-plugin</artifactId>
      <version>3.8.1</version></plugin></plugins></pluginManagement></build></project>`,
  );
}

/** Another process that fetches the same. */
function fetchElsewhere(): Command {
  const module = JSON.stringify(join(root, "dev/jars/fetch-jars.ts"));
  const script = `import { fetchJars } from ${module}; console.log(await fetchJars(${JSON.stringify(pom)}, console.log));`;
  return new Command([process.execPath, "--input-type=module", "-e", script]);
}

function requireTools(context: TestContext): void {
  const missing = missingTools();
  if (missing) context.skip(missing);
}

const whole = ["slf4j-api-1.7.36.jar", "stamp"];

test("jars are fetched once, by one process of several, and again when the POM changes", async (context) => {
  requireTools(context);
  const others = [fetchElsewhere(), fetchElsewhere()];
  expect(await Promise.all([fetchJars(pom), fetchJars(pom)])).toEqual([jars, jars]);
  expect(await Promise.all(others.map(({ exited }) => exited))).toEqual(
    others.map(() => ({ code: 0, signal: null })),
  );
  expect(readdirSync(jars).sort()).toEqual(whole);
  const said: string[] = [];
  await fetchJars(pom, (line) => said.push(line));
  expect(said).toEqual([]);
  expect(
    others
      .map(({ stdout }) => stdout)
      .join("")
      .split("Fetching").length,
  ).toBeLessThanOrEqual(2);
  writePom("slf4j-nop", "1.7.36");
  expect(readdirSync(await fetchJars(pom)).sort()).toEqual([whole[0], "slf4j-nop-1.7.36.jar", whole[1]]);
});

test("a fetch that was killed is redone, and what it had started is ended", async (context) => {
  requireTools(context);
  const first = fetchElsewhere();
  await first.says(/Fetching/);
  await vi.waitUntil(
    () => descendants(first.child.pid!).some(({ command }) => command.includes("copy-dep")),
    {
      timeout: 30_000,
      interval: 5,
    },
  );
  const started = descendants(first.child.pid!);
  first.child.kill("SIGKILL");
  await first.exited;
  expect(existsSync(jars)).toBe(false);
  expect(readdirSync(await fetchJars(pom)).sort()).toEqual(whole);
  await allGone(started);
});

test("what Maven can't get is named, with what to do", async (context) => {
  requireTools(context);
  writePom("no-such-artifact", "0.0.1");
  await expect(fetchJars(pom)).rejects.toThrow(
    /^Maven could not fetch sightline-jars-\w+ 1\.0: .*no-such-artifact[^]*\nConnect this machine to Maven's repository, or name one in ~\/\.m2\/settings\.xml, and run it again \(output: \.sightline\/logs\/dev-jars\.log\)\.$/,
  );
  expect(existsSync(jars)).toBe(false);
});

const install = "apt-get install openjdk-17-jre-headless maven";

test("without Maven or Java the message says how to get them", async () => {
  vi.stubEnv("PATH", join(pom, ".."));
  vi.stubEnv("JAVA_HOME", undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(fetchJars(pom)).rejects.toThrow(
    `Kafka and HDFS are fetched with Maven (mvn), and it was not found.\nInstall it: ${install} (macOS: brew install maven)`,
  );
  expect(() => findJava([])).toThrow(
    `Kafka, HDFS and Spark need Java 17 or newer, and none was found.\nInstall it: ${install} (macOS: brew install openjdk@17 maven)`,
  );
  expect(missingTools()).toBe(install);
  writeFileSync(join(pom, "..", "java"), `#!/bin/sh\necho 'openjdk version "11.0.2"' >&2\n`, { mode: 0o755 });
  vi.stubEnv("PATH", `${join(pom, "..")}:/bin`);
  expect(() => findJava([])).toThrow(
    "Kafka, HDFS and Spark need Java 17 or newer, and none was found (java is 11).",
  );
});
