// @ts-check
import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explainFailure } from "./explain-failure.mjs";
import { findPython } from "./find-python.mjs";
import { runLogged } from "./run-logged.mjs";
import { hashInputs, Stamp } from "./stamp.mjs";

/**
 * Makes one virtual environment from one lock file; a half-made or outdated one is made anew.
 * @param {import("./project.mjs").Project} project
 * @param {{ name: string, title: string, folder: string, lock: string, isForAll?: boolean }} options
 *   `folder` and `lock` from the root; `isForAll`: every account of the machine can run it
 * @returns {import("./main.mjs").Step}
 */
export function pythonPackages(project, { name, title, folder, lock, isForAll = false }) {
  const home = join(project.root, folder);
  const python = join(home, "bin", "python");
  // Scripts of a virtual environment hold its path: a clone that was moved needs a new one.
  const inputs = hashInputs(
    [realpathSync(project.root), ...(isForAll ? ["for all"] : [])],
    [join(project.root, lock)],
  );
  const stamp = new Stamp(project, name.replaceAll(" ", "-"), inputs);
  return {
    name,
    title,
    isNeeded: () => !(stamp.isValid && existsSync(python)),
    async run(onStart) {
      const base = findPython({ isForAll });
      if (isForAll) process.umask(0o022);
      stamp.remove();
      rmSync(home, { recursive: true, force: true });
      const made = await runLogged(project, [base, "-m", "venv", home], { onStart });
      if (!made.ok) throw explainFailure(project, `python -m venv ${folder}`, "nothing", made.output);
      const flags = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"];
      const command = [python, "-m", "pip", "install", ...flags, "-r", join(project.root, lock)];
      const installed = await runLogged(project, command, { onStart });
      if (!installed.ok)
        throw explainFailure(project, `pip install -r ${lock}`, "the Python package index", installed.output);
      stamp.write();
    },
  };
}
