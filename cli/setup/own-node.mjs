// @ts-check
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { explainFailure } from "./explain-failure.mjs";
import { npmCommand } from "./npm-packages.mjs";
import { oldestNode } from "./project.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError } from "./setup-error.mjs";
import { hashInputs, Stamp } from "./stamp.mjs";

/**
 * Brings a Node along where the machine's is too old: npm has it as packages, one for each system.
 * It comes before all else, because an older npm run skips binaries that ask for a newer Node.
 * @type {import("./main.mjs").MakeStep}
 */
export function ownNode(project) {
  const source = join(project.root, "cli", "setup", "node");
  const folder = join(project.state, "node");
  const files = ["package.json", "package-lock.json"];
  const lock = hashInputs([process.platform, process.arch], [join(source, files[1])]);
  const stamp = new Stamp(project, "node", lock);
  return {
    name: "Node",
    title: `Node 24, because ${process.version} is too old for the project`,
    isNeeded: () => project.needsOwnNode && !(stamp.isValid && existsSync(project.ownNode)),
    async run(onStart) {
      stamp.remove();
      // Made beside the old one, on which this very process may run.
      const next = `${folder}.next`;
      rmSync(next, { recursive: true, force: true });
      mkdirSync(next, { recursive: true });
      for (const file of files) cpSync(join(source, file), join(next, file));
      cpSync(join(project.root, ".npmrc"), join(next, ".npmrc"));
      const command = [...npmCommand(process.execPath), "ci", "--ignore-scripts", "--include=optional"];
      const result = await runLogged(project, command, { cwd: next, onStart });
      if (!result.ok) throw explainFailure(project, "npm ci", "npm's registry", result.output);
      const own = join(next, relative(folder, project.ownNode));
      if (spawnSync(own, ["--version"]).status !== 0)
        throw new SetupError(
          `npm's registry gave no Node 24 that runs on ${process.platform} ${process.arch} (see ` +
            `${project.relative(project.logFile)}): check that the registry can be reached, or install Node ` +
            `${oldestNode.join(".")} or newer yourself, and run npm run setup again.`,
        );
      rmSync(folder, { recursive: true, force: true });
      renameSync(next, folder);
      stamp.write();
    },
  };
}
