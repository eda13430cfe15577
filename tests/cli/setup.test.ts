import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { setUp } from "../../cli/setup/main.mjs";
import { Command, root } from "../support/command.ts";
import { allGone, descendants } from "../support/processes.ts";

// The real set-up, on a project with one npm package (a local one) and no Python packages, in a path with a space.
let project: string;

beforeEach(() => {
  project = join(mkdtempSync(join(tmpdir(), "sightline-setup-")), "a clone");
  onTestFinished(() => rmSync(dirname(project), { recursive: true }));
  cpSync(join(root, "cli", "setup"), join(project, "cli", "setup"), { recursive: true });
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  };
  const manifest = { name: "tiny", version: "1.0.0", dependencies: { local: "file:local" } };
  const packages = {
    "": manifest,
    local: { version: "1.0.0" },
    "node_modules/local": { resolved: "local", link: true },
  };
  write("package.json", JSON.stringify({ ...manifest, type: "module" }));
  write("package-lock.json", JSON.stringify({ ...manifest, lockfileVersion: 3, requires: true, packages }));
  write("local/package.json", JSON.stringify({ name: "local", version: "1.0.0" }));
  write("cli/sightline.mjs", "");
  write(".npmrc", "audit=false\n");
  write("requirements.txt", "# none\n");
});

async function says(): Promise<string[]> {
  const lines: string[] = [];
  await setUp({ root: project, say: (line) => lines.push(line) });
  return lines;
}

function runMain(
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return Command.run([process.execPath, join(project, "cli/setup/main.mjs")], { cwd: project, env });
}

/** A PATH with the named programs only, beside npm and what npm and shells need. */
function onlyPrograms(scripts: Record<string, string>): NodeJS.ProcessEnv {
  const bin = join(project, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  for (const name of ["npm", "sh", "env"]) {
    const found = process.env
      .PATH!.split(":")
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path))!;
    symlinkSync(found, join(bin, name));
  }
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  return { PATH: bin, npm_execpath: "" };
}

const npmLine = "Setting up npm packages (npm ci) …";
const pythonLine = "Setting up Python packages for Jupyter and the engine (.venv) …";

describe("set-up", () => {
  test("says a line for each thing it does, and does nothing the second time", async () => {
    expect(await says()).toEqual([npmLine, pythonLine]);
    expect(existsSync(join(project, "node_modules/local/package.json"))).toBe(true);
    expect(existsSync(join(project, ".venv/bin/python"))).toBe(true);
    const { stdout } = await Command.run([join(project, "node_modules/.bin/node"), "--version"]);
    expect(stdout.trim()).toBe(process.version);
    expect(await says()).toEqual([]);
    expect(existsSync(join(project, ".sightline/setup.lock"))).toBe(false);
  });

  test("is repaired by the next one when it was killed in the middle", async () => {
    const first = new Command([process.execPath, join(project, "cli/setup/main.mjs")], { cwd: project });
    await first.says(/Setting up Python/);
    while (!existsSync(join(project, ".venv"))) await new Promise((resolve) => setTimeout(resolve, 10));
    const children = descendants(first.child.pid!);
    first.child.kill("SIGKILL");
    await first.exited;
    expect(existsSync(join(project, ".sightline/setup.lock"))).toBe(true);
    expect(await says()).toEqual([pythonLine]);
    await allGone(children);
    expect((await Command.run([join(project, ".venv/bin/python"), "-m", "pip", "--version"])).code).toBe(0);
    expect(await says()).toEqual([]);
  });

  test("repairs what was removed or is half there, and only that", async () => {
    await says();
    rmSync(join(project, "node_modules"), { recursive: true });
    expect(await says()).toEqual([npmLine]);
    rmSync(join(project, ".venv/bin"), { recursive: true });
    expect(await says()).toEqual([pythonLine]);
    writeFileSync(join(project, "requirements.txt"), "# none, but said otherwise\n");
    expect(await says()).toEqual([pythonLine]);
  });

  test("waits for another one instead of breaking it", async () => {
    const both = await Promise.all([runMain(), runMain()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const said = both.map(({ stdout }) => stdout).join("");
    expect(said.split(pythonLine)).toHaveLength(2);
    expect(said).toMatch(/Waiting for another set-up, process \d+ …/);
  });

  test("builds anew when a source changed", async () => {
    mkdirSync(join(project, "runtime/rdd"), { recursive: true });
    writeFileSync(
      join(project, "runtime/rdd/build.mjs"),
      `import { appendFileSync, mkdirSync } from "node:fs";
      mkdirSync(".sightline/build", { recursive: true });
      for (const name of ["rdd", "udf"]) appendFileSync(\`.sightline/build/\${name}-worker.cjs\`, "x");`,
    );
    await says();
    const buildLine = "Setting up the executors' workers …";
    writeFileSync(join(project, "runtime/rdd/worker.ts"), "export {};");
    expect(await says()).toEqual([buildLine]);
    writeFileSync(join(project, "runtime/rdd/worker.test.ts"), "export {};");
    expect(await says()).toEqual([]);
    expect(readFileSync(join(project, ".sightline/build/rdd-worker.cjs"), "utf8")).toBe("xx");
    rmSync(join(project, ".sightline/build"), { recursive: true });
    expect(await says()).toEqual([buildLine]);
  });
});

describe("a set-up that can't get what it needs ends with one sentence", () => {
  test("without Python", async () => {
    const { code, stderr } = await runMain(onlyPrograms({}));
    expect(code).toBe(1);
    expect(stderr).toBe(
      "No Python 3.11, 3.12 or 3.13 with venv was found: install one, for example with " +
        "sudo apt-get install python3 python3-venv, or brew install python@3.12, and run npm run setup again.\n",
    );
  });

  test("with Pythons that won't do, naming them", async () => {
    const env = onlyPrograms({
      python3: "#!/bin/sh\necho 3 9 2 1 /usr/bin/python3\n",
      "python3.12": "#!/bin/sh\necho 3 12 1 0 /usr/bin/python3.12\n",
    });
    const { code, stderr } = await runMain(env);
    expect(code).toBe(1);
    expect(stderr).toContain("(python3 is 3.9.2, python3.12 3.12 lacks venv or ensurepip): install one");
  });

  test("without a way to the Python packages", async () => {
    const hash = `sha256:${"0".repeat(64)}`;
    writeFileSync(join(project, "requirements.txt"), `no-such-package-of-ours==1.0 --hash=${hash}\n`);
    const offline = { PIP_INDEX_URL: "http://127.0.0.1:9/", PIP_FIND_LINKS: "", PIP_RETRIES: "1" };
    const { code, stderr } = await runMain(offline);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "pip install -r requirements.txt could not reach the Python package index: connect this machine to it " +
        "(or set its proxy) and run npm run setup again (output: .sightline/logs/setup.log).\n",
    );
  });

  test("without a way to the npm packages", async () => {
    const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8"));
    lock.packages[""].dependencies["no-such-package-of-ours"] = "1.0.0";
    lock.packages["node_modules/no-such-package-of-ours"] = { version: "1.0.0" };
    writeFileSync(join(project, "package-lock.json"), JSON.stringify(lock));
    writeFileSync(join(project, "package.json"), JSON.stringify({ ...lock.packages[""], type: "module" }));
    const { code, stderr } = await runMain({
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      "npm ci could not reach npm's registry: connect this machine to it (or set its proxy) and run npm run setup " +
        "again (output: .sightline/logs/setup.log).\n",
    );
  });
});
