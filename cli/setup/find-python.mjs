// @ts-check
import { spawnSync } from "node:child_process";
import { SetupError } from "./setup-error.mjs";

const newest = 13;
const probe =
  "import sys, importlib.util as u; " +
  "print(*sys.version_info[:3], int(bool(u.find_spec('venv') and u.find_spec('ensurepip'))), sys.executable)";

/**
 * Finds a Python that Jupyter and the embedded engine run on and that can make a virtual environment.
 * @returns {string} the interpreter's path
 * @throws {SetupError} one sentence on what to install
 */
export function findPython() {
  const versions = Array.from({ length: newest - 10 }, (_, i) => newest - i).reverse();
  /** @type {string[]} */
  const seen = [];
  for (const name of ["python3", ...versions.map((minor) => `python3.${minor}`), "python"]) {
    const { status, stdout } = spawnSync(name, ["-c", probe], { encoding: "utf8", timeout: 20_000 });
    const found = status === 0 ? /^(\d+) (\d+) (\d+) ([01]) (.+)$/m.exec(stdout) : null;
    if (!found) continue;
    const [, major, minor, patch, hasVenv, path] = found;
    if (major !== "3" || +minor < 11 || +minor > newest) seen.push(`${name} is ${major}.${minor}.${patch}`);
    else if (hasVenv === "0") seen.push(`${name} ${major}.${minor} lacks venv or ensurepip`);
    else return path;
  }
  const others = seen.length > 0 ? ` (${seen.join(", ")})` : "";
  throw new SetupError(
    `No Python 3.11, 3.12 or 3.13 with venv was found${others}: install one, for example with ` +
      "sudo apt-get install python3 python3-venv, or brew install python@3.12, and run npm run setup again.",
  );
}
