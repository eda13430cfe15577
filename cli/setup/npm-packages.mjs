// @ts-check
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { explainFailure } from "./explain-failure.mjs";
import { runLogged } from "./run-logged.mjs";
import { SetupError } from "./setup-error.mjs";
import { hashInputs, Stamp } from "./stamp.mjs";

const native = ["zeromq", "oxc-parser", "oxc-transform", "nodejs-polars"];

/**
 * npm as the user started it, under the given Node; npm from the PATH where it isn't npm that runs us.
 * @param {string} node
 */
export function npmCommand(node) {
  const npm = process.env.npm_execpath ?? "";
  return basename(npm) === "npm-cli.js" && existsSync(npm) ? [node, npm] : ["npm"];
}

/**
 * Installs what package-lock.json names, checks that the binaries load, and puts our Node (and our own command) where
 * npm scripts look first.
 * @type {import("./main.mjs").MakeStep}
 */
export function npmPackages(project) {
  const lockFile = join(project.root, "package-lock.json");
  // npm scripts, npx and the kernel's launcher find the project's Node there, whichever it is.
  const links = { sightline: join(project.root, "cli", "sightline.mjs"), node: project.node };
  const stamp = new Stamp(
    project,
    "npm",
    hashInputs([project.needsOwnNode ? "own" : process.version, process.platform, process.arch], [lockFile]),
  );
  return {
    name: "npm packages",
    title: "npm packages (npm ci)",
    isNeeded: () =>
      !stamp.isValid ||
      Object.keys(links).some((name) => !existsSync(join(project.bin, name))) ||
      !isInstalled(project.root, lockFile),
    async run(onStart) {
      stamp.remove();
      if (!isInstalled(project.root, lockFile)) {
        // No install scripts: newer npm doesn't run them unasked, and no package here needs one.
        const flags = ["--ignore-scripts", "--include=dev", "--include=optional"];
        const result = await runLogged(project, [...npmCommand(project.node), "ci", ...flags], { onStart });
        if (!result.ok) throw explainFailure(project, "npm ci", "npm's registry", result.output);
      }
      mkdirSync(project.bin, { recursive: true });
      for (const [name, target] of Object.entries(links)) link(project, join(project.bin, name), target);
      await checkNative(project);
      stamp.write();
    },
  };
}

/**
 * npm keeps a list of what it installed, and writes it last; only optional packages of other systems may lack.
 * @param {string} root
 * @param {string} lockFile
 */
function isInstalled(root, lockFile) {
  const listFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(listFile)) return false;
  const wanted = JSON.parse(readFileSync(lockFile, "utf8")).packages;
  const installed = JSON.parse(readFileSync(listFile, "utf8")).packages;
  return Object.keys(wanted).every((path) => {
    if (!path.includes("node_modules/")) return true;
    if (!installed[path]) return wanted[path].optional || wanted[path].devOptional;
    return installed[path].version === wanted[path].version && existsSync(join(root, path));
  });
}

/**
 * Links within the clone are relative, so that it can be moved.
 * @param {import("./project.mjs").Project} project
 * @param {string} file
 * @param {string} target
 */
function link(project, file, target) {
  if (lstatSync(file, { throwIfNoEntry: false })) rmSync(file);
  symlinkSync(target.startsWith(project.root + sep) ? relative(dirname(file), target) : target, file);
}

/** @param {import("./project.mjs").Project} project */
async function checkNative(project) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(project.root, "package.json"), "utf8"));
  for (const name of native.filter((name) => dependencies[name])) {
    const script = `import(${JSON.stringify(name)}).then(() => process.exit(0))`;
    const result = await runLogged(project, [project.node, "--input-type=module", "-e", script]);
    if (!result.ok)
      throw new SetupError(
        `The npm package ${name} does not load on ${process.platform} ${process.arch} (see ` +
          `${project.relative(project.logFile)}): remove node_modules and run npm run setup again; if it stays, ` +
          `this system has no binary of ${name}, and Linux x64 with glibc is what is tested.`,
      );
  }
}
