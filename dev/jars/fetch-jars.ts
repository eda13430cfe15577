// The servers' jars: fetched once by Maven, into a folder that appears whole or not at all.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Lock } from "../../cli/setup/lock.mjs";
import { Project } from "../../cli/setup/project.mjs";
import { runLogged } from "../../cli/setup/run-logged.mjs";
import { DevError } from "../dev-error.ts";
import { places } from "../places.ts";
import { findMaven } from "./find-tools.ts";

const pending = new Map<string, Promise<string>>();

/**
 * The folder with the jars that a POM names, `.sightline/dev/<artifact>-<version>`. The first call fetches them, with
 * Maven's own settings for where from; others wait for it, in other processes too. A fetch that was cut off is redone.
 * @param pom path of the POM
 * @param say told in one line when something is fetched
 * @throws DevError when Maven is missing, or can't get them
 */
export function fetchJars(pom: string, say: (line: string) => void = () => {}): Promise<string> {
  const known = pending.get(pom);
  if (known) return known;
  const folder = fetch(pom, say).finally(() => pending.delete(pom));
  pending.set(pom, folder);
  return folder;
}

/** Whether these jars are here already, so that Maven isn't needed. */
export function hasJars(pom: string): boolean {
  const { folder, stamp } = targetOf(pom);
  return isComplete(folder, stamp);
}

async function fetch(pom: string, say: (line: string) => void): Promise<string> {
  const { title, folder, stamp } = targetOf(pom);
  if (isComplete(folder, stamp)) return folder;
  const lock = new Lock(`${folder}.lock`);
  await lock.acquire((pid) => say(`Waiting for process ${pid}, which fetches ${title} …`));
  try {
    if (isComplete(folder, stamp)) return folder;
    say(`Fetching ${title} with Maven …`);
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    await copyDependencies(title, pom, part, (pid) => lock.noteChild(pid));
    writeFileSync(join(part, "stamp"), stamp);
    rmSync(folder, { recursive: true, force: true });
    renameSync(part, folder);
    return folder;
  } finally {
    lock.release();
  }
}

async function copyDependencies(
  title: string,
  pom: string,
  folder: string,
  onStart: (pid: number) => void,
): Promise<void> {
  const goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${folder}`];
  const command = [findMaven(), "-B", "-q", "-f", pom, ...goal];
  const project = new Project(places.root);
  project.logFile = places.fetchLog;
  const { ok, output } = await runLogged(project, command, { onStart });
  if (ok && existsSync(folder)) return;
  const reason = output.split("\n").find((line) => line.includes("[ERROR]"));
  throw new DevError(
    `Maven could not fetch ${title}: ${reason?.replace(/.*\[ERROR\]\s*/, "") ?? "it said nothing"}`,
    `Connect this machine to Maven's repository, or name one in ~/.m2/settings.xml, and run it again ` +
      `(output: ${relative(places.root, places.fetchLog)}).`,
  );
}

function targetOf(pom: string) {
  const text = readFileSync(pom, "utf8");
  const [artifact, version] = ["artifactId", "version"].map(
    (tag) => new RegExp(`<${tag}>(.*?)<`).exec(text)![1],
  );
  return {
    title: `${artifact} ${version}`,
    folder: join(places.jars, `${artifact}-${version}`),
    stamp: createHash("sha256").update(text).digest("hex"),
  };
}

function isComplete(folder: string, stamp: string): boolean {
  const file = join(folder, "stamp");
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}
