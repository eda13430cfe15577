// @ts-check
// The places and the Node that all set-up steps agree on.
import { mkdirSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The oldest Node that runs the project's TypeScript as it is and loads all its packages. */
export const oldestNode = [22, 22];

/**
 * @param {string} version as in `process.version`
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** One clone of the project: where things lie in it and which Node it runs on. */
export class Project {
  /** @param {string} root the clone's top folder */
  constructor(root) {
    this.root = root;
    this.state = join(root, ".sightline");
    this.logFile = join(this.state, "logs", "setup.log");
    this.ownNode = join(this.state, "node", "node_modules", ".bin", "node");
    this.bin = join(root, "node_modules", ".bin");
    mkdirSync(dirname(this.logFile), { recursive: true });
  }

  /** @param {string} path */
  relative(path) {
    return relative(this.root, path);
  }

  /**
   * True where the machine's Node won't do. A process that runs on the Node that set-up brought along was found
   * through node_modules/.bin, so the machine's own is still the old one.
   */
  get needsOwnNode() {
    return !isNewEnough(process.version) || isInside(process.execPath, join(this.state, "node"));
  }

  /** The Node that npm, the builds and the product run on. */
  get node() {
    return this.needsOwnNode ? this.ownNode : process.execPath;
  }

  /**
   * The environment of what set-up runs: the right Node first, and nothing of the npm script around it, which would
   * tell a nested npm that it works in another folder.
   * @returns {NodeJS.ProcessEnv}
   */
  get environment() {
    const env = { ...process.env };
    for (const name of Object.keys(env))
      if (/^npm_(lifecycle|package|command|execpath|node_execpath|config_local_prefix)/.test(name))
        delete env[name];
    env.PATH = [dirname(this.node), process.env.PATH].join(":");
    return env;
  }
}

/**
 * @param {string} path
 * @param {string} folder
 */
function isInside(path, folder) {
  try {
    return realpathSync(path).startsWith(realpathSync(folder) + sep);
  } catch {
    return false;
  }
}
