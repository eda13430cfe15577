// @ts-check
// A stamp says that a step was finished for these very inputs; it is written after the step's success only.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const notInputs = new Set(["node_modules", "lib", "dist", "__pycache__", ".ipynb_checkpoints"]);

/**
 * Hashes words and the contents of files and folders; build products, dependencies and tests are left out.
 * @param {string[]} words versions, paths, options
 * @param {string[]} paths files or folders; a missing one counts as such
 */
export function hashInputs(words, paths) {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word}\0`);
  for (const path of paths) addPath(hash, path, "");
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 * @param {string} name
 */
function addPath(hash, path, name) {
  if (!existsSync(path)) return hash.update(`${name} missing\0`);
  if (!statSync(path).isDirectory()) return hash.update(`${name}\0`).update(readFileSync(path));
  for (const entry of readdirSync(path).sort())
    if (!notInputs.has(entry) && !/\.test(-d)?\.ts$/.test(entry))
      addPath(hash, join(path, entry), `${name}/${entry}`);
}

export class Stamp {
  /**
   * @param {import("./project.mjs").Project} project
   * @param {string} name
   * @param {string} hash of all the inputs
   */
  constructor(project, name, hash) {
    this.file = join(project.state, "stamps", name);
    this.hash = hash;
  }

  get isValid() {
    return existsSync(this.file) && readFileSync(this.file, "utf8").trim() === this.hash;
  }

  write() {
    mkdirSync(join(this.file, ".."), { recursive: true });
    writeFileSync(this.file, `${this.hash}\n`);
  }

  remove() {
    rmSync(this.file, { force: true });
  }
}
