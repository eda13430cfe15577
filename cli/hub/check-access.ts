import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../command-error.ts";
import { places } from "../start/places.ts";
import { hubPlaces } from "./hub-places.ts";

/** What everyone's servers and kernels read. */
const shared = [
  "cli",
  "examples",
  "jupyterhub_config",
  "kernel",
  "node_modules",
  "runtime",
  "share",
  ".sightline/build",
  "package.json",
];
const nobody = { uid: 65_534, gid: 65_534 };

interface Answer {
  readonly closed?: string;
  readonly missing?: string;
  readonly owned?: string;
  readonly by?: number;
  readonly writable?: string;
  readonly fails?: string;
  readonly says?: string;
}

/**
 * As root: makes sure that other accounts can run what the hub starts for them, by trying it as one of them, and that
 * none of them can change it.
 * @throws CommandError that names the path and what to do
 */
export function checkAccess(root = places.root): void {
  const owned = [".", ...shared].map((path) => join(root, path)).filter((path) => existsSync(path));
  for (const path of owned) if (statSync(path).uid !== 0) throw isOwned(path, statSync(path).uid, root);
  const paths = shared.map((path) => join(root, path)).filter((path) => existsSync(path));
  const programs = [
    [hubPlaces.node, "--version"],
    [hubPlaces.python, "-I", "-c", "import jupyterlab, jupyterhub, pysail"],
  ];
  const answer = ask(paths, programs);
  if (answer.closed) throw isClosed(answer.closed, root);
  if (answer.owned) throw isOwned(answer.owned, answer.by!, root);
  if (answer.writable)
    throw new CommandError(
      `Every account of this machine can write ${answer.writable}, and so change what all others run.\n` +
        (isAbove(answer.writable, root) ? moveIt(root) : `Close it: chmod -R go-w '${answer.writable}'`),
    );
  if (answer.fails)
    throw new CommandError(
      `${answer.fails} does not run for other accounts of this machine (${answer.says}).\nnpm run setup -- --hub`,
    );
}

function ask(paths: string[], programs: string[][]): Answer {
  // By standard input: a folder that is closed to nobody would close the script too.
  const input = readFileSync(join(hubPlaces.config, "check_access.py"));
  const args = ["-I", "-", JSON.stringify({ paths, programs })];
  const { status, stdout } = spawnSync(hubPlaces.python, args, {
    ...nobody,
    input,
    cwd: "/",
    encoding: "utf8",
  });
  if (status === 0) return JSON.parse(stdout);
  return { closed: firstClosed(hubPlaces.python) };
}

/** Where Python itself can't be run: the highest folder above it that others can't enter, or Python. */
function firstClosed(python: string): string {
  const above: string[] = [];
  for (let folder = dirname(python); folder !== "/"; folder = dirname(folder)) above.unshift(folder);
  return above.find((folder) => (statSync(folder).mode & 0o001) === 0) ?? python;
}

function isOwned(path: string, uid: number, root: string): CommandError {
  return new CommandError(
    `${path} belongs to user ${uid}, who could change what root and everyone here runs.\n` +
      (isAbove(path, root) ? moveIt(root) : `Give it to root: chown -R root: '${root}'`),
  );
}

const isAbove = (path: string, root: string) => root.startsWith(`${path}/`);

const moveIt = (root: string) =>
  `Start the hub from a folder of root's: cp -a '${root}' /opt/sightline && chown -R root: /opt/sightline && cd /opt/sightline && npm run hub`;

function isClosed(path: string, root: string): CommandError {
  const what = `${path} is closed to other accounts of this machine, whose servers run what is in ${root}.`;
  if (root === path || root.startsWith(`${path}/`))
    return new CommandError(
      `${what}\nStart the hub from a folder that all can enter: cp -a '${root}' /opt/sightline && cd /opt/sightline && npm run hub`,
    );
  return new CommandError(`${what}\nOpen it for reading: chmod -R go+rX '${path}'`);
}
