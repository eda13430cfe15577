// @ts-check
import { spawnSync } from "node:child_process";
import { SetupError } from "./setup-error.mjs";

const newest = 13;
const probe =
  "import sys, importlib.util as u; " +
  "print(*sys.version_info[:3], int(bool(u.find_spec('venv') and u.find_spec('ensurepip'))), sys.executable)";

/**
 * Finds a Python that Jupyter and the embedded engine run on and that can make a virtual environment.
 * @param {{ isForAll?: boolean }} [options] `isForAll`: every account of the machine can run it, not this one alone
 * @returns {string} the interpreter's path
 * @throws {SetupError} one sentence on what to install
 */
export function findPython({ isForAll = false } = {}) {
  const versions = Array.from({ length: newest - 10 }, (_, i) => newest - i).reverse();
  const names = ["python3", ...versions.map((minor) => `python3.${minor}`), "python"];
  // A root whose own Python comes first in its PATH has the system's there.
  if (isForAll) names.push("/usr/bin/python3", "/usr/local/bin/python3");
  /** @type {string[]} */
  const seen = [];
  for (const name of names) {
    const { status, stdout } = spawnSync(name, ["-c", probe], { encoding: "utf8", timeout: 20_000 });
    const found = status === 0 ? /^(\d+) (\d+) (\d+) ([01]) (.+)$/m.exec(stdout) : null;
    if (!found) continue;
    const [, major, minor, patch, hasVenv, path] = found;
    if (major !== "3" || +minor < 11 || +minor > newest) seen.push(`${name} is ${major}.${minor}.${patch}`);
    else if (hasVenv === "0") seen.push(`${name} ${major}.${minor} lacks venv or ensurepip`);
    else if (isForAll && !runsForOthers(path)) seen.push(`${path} is closed to other accounts`);
    else return path;
  }
  const others = seen.length > 0 ? ` (${seen.join(", ")})` : "";
  throw new SetupError(
    `No Python 3.11, 3.12 or 3.13 with venv ${isForAll ? "that every account can run " : ""}was found${others}: install one, for example with ` +
      "sudo apt-get install python3 python3-venv, or brew install python@3.12, and run npm run setup again.",
  );
}

/**
 * Tries it as nobody: where root's home is closed, permissions of the file alone don't tell.
 * @param {string} path
 */
function runsForOthers(path) {
  const nobody = { uid: 65534, gid: 65534, cwd: "/" };
  return spawnSync(path, ["-I", "-c", "import ssl, venv"], { ...nobody, timeout: 20_000 }).status === 0;
}
