// What a BinderHub does with a repository, as far as it goes without Docker and conda.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { Project } from "../../cli/setup/project.mjs";
import { pythonPackages } from "../../cli/setup/python-packages.mjs";
import { Command, root } from "../support/command.ts";

// Where packages come from is the machine's business; all else of its environment is not there on Binder.
const kept =
  /^(PIP_|npm_config_(registry|userconfig|cache)$|SSL_|REQUESTS_CA|NODE_EXTRA_CA|(https?|no)_proxy$)/i;

/** A fresh clone of the last commit that is its user's home too, as on Binder, with no more than that image's programs. */
export class BinderMachine {
  readonly folder = mkdtempSync(join(tmpdir(), "sightline-binder-"));
  readonly home = join(this.folder, "jovyan");

  constructor() {
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", `file://${root}`, this.home]);
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    symlinkSync(onPath("npm"), join(bin, "npm"));
  }

  /** Starts a command in the clone; without a terminal, and without the environment of who runs the tests. */
  start(command: string[], env: NodeJS.ProcessEnv = {}): Command {
    return new Command(command, { cwd: this.home, env: { ...this.#environment(), ...env } });
  }

  /** Runs a command in the clone to its end. */
  run(command: string[], env: NodeJS.ProcessEnv = {}) {
    return Command.run(command, { cwd: this.home, env: { ...this.#environment(), ...env } });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    const names = Object.keys(process.env).filter((name) => !kept.test(name));
    const config = join(homedir(), ".npmrc");
    return {
      ...Object.fromEntries(names.map((name) => [name, undefined])),
      PATH: [join(this.folder, "bin"), dirname(pythonOfThisMachine()), "/usr/bin", "/bin"].join(delimiter),
      HOME: this.home,
      npm_config_cache: process.env.npm_config_cache ?? join(homedir(), ".npm"),
      ...(existsSync(config) ? { npm_config_userconfig: config } : {}),
      PIP_CACHE_DIR: process.env.PIP_CACHE_DIR ?? join(homedir(), ".cache", "pip"),
    };
  }
}

/** The Dockerfile that repo2docker, the builder of BinderHub, makes of a folder. It needs no Docker for that. */
export async function dockerfileOf(folder: string): Promise<string> {
  const packages = pythonPackages(new Project(root), {
    name: "repo2docker",
    title: "repo2docker",
    folder: ".sightline/repo2docker",
    lock: "tests/binder/requirements.txt",
  });
  if (packages.isNeeded()) await packages.run(() => {});
  const repo2docker = join(root, ".sightline", "repo2docker", "bin", "jupyter-repo2docker");
  const nowhere = { DOCKER_HOST: "unix:///nowhere" };
  const { code, stdout, stderr } = await Command.run([repo2docker, "--no-build", "--debug", folder], {
    env: nowhere,
  });
  if (code !== 0) throw new Error(`repo2docker refuses ${folder}:\n${stderr}`);
  return stdout;
}

function onPath(name: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`There is no ${name} on the PATH.\nInstall Node with npm.`);
  return found;
}

function pythonOfThisMachine(): string {
  const code = "import sys; print(sys._base_executable)";
  return execFileSync(join(root, ".venv/bin/python"), ["-c", code], { encoding: "utf8" }).trim();
}
