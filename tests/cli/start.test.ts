import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { Command, type CommandOptions, root } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import { allGone, descendants } from "../support/processes.ts";

const bin = join(root, "cli", "sightline.mjs");
const started: Command[] = [];

afterEach(async () => {
  for (const command of started.splice(0)) {
    const all = descendants(command.child.pid!);
    command.child.kill("SIGKILL");
    await allGone(all);
  }
});

async function startServer(how = [process.execPath, bin, "start"], options: CommandOptions = {}) {
  const port = await freePort();
  const command = new Command([...how, "--no-browser", "--port", `${port}`], options);
  started.push(command);
  const [, url] = await command.says(/(http:\S+)/);
  const token = new URL(url).searchParams.get("token")!;
  return { command, url, token, origin: new URL(url).origin };
}

/** A Python kernel: every JupyterLab has one, whatever state ours is in. */
async function startKernel(origin: string, token: string): Promise<void> {
  const headers = { Authorization: `token ${token}` };
  const body = JSON.stringify({ name: "python3" });
  const response = await fetch(`${origin}/api/kernels`, { method: "POST", headers, body });
  expect(response.status).toBe(201);
}

describe("sightline start", () => {
  test("prints one line with a URL that opens JupyterLab, and lets nobody in without its token", async () => {
    const { command, url, origin, token } = await startServer();
    expect(command.stdout.trim().split("\n")).toEqual([`JupyterLab is at ${url} (Ctrl-C ends it)`]);
    expect(new URL(url).pathname).toMatch(/^\/lab/);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("jupyter-config-data");
    expect((await fetch(`${origin}/api/contents`)).status).toBe(403);
    const specs = await fetch(`${origin}/api/kernelspecs?token=${token}`);
    expect(((await specs.json()) as { default: string }).default).toBe("sightline");
  });

  test("keeps its token out of process arguments, environments and the log", async () => {
    const { command, origin, token } = await startServer();
    await startKernel(origin, token);
    await fetch(`${origin}/lab?token=${token}`);
    const all = descendants(command.child.pid!);
    expect(all.length).toBeGreaterThan(1);
    for (const { pid, command: words } of all) {
      expect(words).not.toContain(token);
      if (existsSync("/proc")) expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(token);
    }
    expect(readFileSync(join(root, ".sightline/logs/jupyter.log"), "utf8")).not.toContain(token);
  });

  test("writes nothing into the home folder", async () => {
    const home = mkdtempSync(join(tmpdir(), "sightline-home-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const { command, origin, token } = await startServer(undefined, { env: { HOME: home } });
    await startKernel(origin, token);
    await (await fetch(`${origin}/lab?token=${token}`)).text();
    command.child.kill("SIGINT");
    await command.exited;
    expect(readdirSync(home)).toEqual([]);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends everything on %s", async (signal) => {
    const { command, origin, token } = await startServer();
    await startKernel(origin, token);
    const all = descendants(command.child.pid!);
    command.child.kill(signal);
    expect(await command.exited).toEqual({ code: 0, signal: null });
    await allGone(all);
    await expect(fetch(origin)).rejects.toThrow("fetch failed");
  });

  test("leaves nothing running when it is killed itself", async () => {
    const { command, origin, token } = await startServer();
    await startKernel(origin, token);
    const all = descendants(command.child.pid!);
    expect(all.some(({ command: words }) => words.includes("ipykernel"))).toBe(true);
    command.child.kill("SIGKILL");
    await allGone(all);
  });

  test.each(["npm", "its shell"])("leaves nothing running when %s is killed", async (victim) => {
    // Without pre-scripts: set-up has its own tests.
    const { command, origin, token } = await startServer(["npm", "start", "--ignore-scripts", "--"]);
    await startKernel(origin, token);
    const all = descendants(command.child.pid!);
    const shell = all.find(({ parent }) => parent === command.child.pid)!;
    expect(shell.command).toMatch(/^sh -c/);
    process.kill(victim === "npm" ? command.child.pid! : shell.pid, "SIGKILL");
    await allGone(all);
  });

  test("ends everything on Ctrl-C, which the terminal sends to npm, its shell and us", async () => {
    const { command, origin, token } = await startServer([
      "setsid",
      "npm",
      "start",
      "--ignore-scripts",
      "--",
    ]);
    await startKernel(origin, token);
    const all = descendants(command.child.pid!);
    process.kill(-command.child.pid!, "SIGINT");
    await command.exited;
    await allGone(all);
  });

  test("two started at the same moment take a port each", async () => {
    const commands = [1, 2].map(() => new Command([process.execPath, bin, "start", "--no-browser"]));
    started.push(...commands);
    const urls = await Promise.all(commands.map(async (command) => (await command.says(/(http:\S+)/))[1]));
    expect(new Set(urls.map((url) => new URL(url).port)).size).toBe(2);
    for (const url of urls) expect((await fetch(url)).status).toBe(200);
  });

  test("takes the next free port without --port, and warns where others can reach it", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.once("error", () => resolve());
      taken.listen(8888, "0.0.0.0", resolve);
    });
    onTestFinished(() => void taken.close());
    const folder = mkdtempSync(join(tmpdir(), "sightline notebooks "));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const options = ["--no-browser", "--ip", "0.0.0.0", "--notebook-dir", folder];
    const command = new Command([process.execPath, bin, "start", ...options]);
    started.push(command);
    const [, url] = await command.says(/(http:\S+)/);
    expect(+new URL(url).port).toBeGreaterThan(8888);
    expect(new URL(url).pathname).toBe("/lab");
    expect((await fetch(url)).status).toBe(200);
    expect(command.stderr).toBe(
      "Warning: on 0.0.0.0 everyone who can reach this machine and has the URL can run code here.\n",
    );
  });

  test("names a port that is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await Command.run([
      process.execPath,
      bin,
      "start",
      "--no-browser",
      "--port",
      `${port}`,
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `Port ${port} is in use by another program.\n` +
        "Leave --port out to take the next free one, or see sightline status for servers of this folder.\n",
    );
  });

  test("names a folder that can't be written, even by root", async (context) => {
    if (!existsSync("/proc/self")) context.skip("run it on Linux, where /proc is such a folder");
    const { code, stderr } = await Command.run([process.execPath, bin, "start", "--notebook-dir", "/proc"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The notebook folder \/proc can't be written \(\w+\)\.\nChoose one that can: npm start -- --notebook-dir .+\n$/,
    );
  });

  test("names a folder that does not exist", async () => {
    const { code, stderr } = await Command.run([
      process.execPath,
      bin,
      "start",
      "--notebook-dir",
      "/no/such",
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "The notebook folder /no/such does not exist.\nCreate it first: mkdir -p '/no/such'\n",
    );
  });

  test.each([
    [
      ["--prot", "9000"],
      "sightline start has no option --prot.\nDid you mean --port? sightline start --help lists all.\n",
    ],
    [["--port", "http"], "--port http is no port.\nUse a number from 1 to 65535, or leave --port out.\n"],
    [["--port"], "--port needs a value.\nsightline start --help shows which.\n"],
  ])("refuses %j and says what would do", async (args, message) => {
    const { code, stderr } = await Command.run([process.execPath, bin, "start", ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: message });
  });
});

test("an unknown command names close ones", async () => {
  const { code, stderr } = await Command.run([process.execPath, bin, "strat"]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "sightline has no command strat.\nDid you mean start? sightline help lists all.\n",
  });
});

test("help lists the commands that exist", async () => {
  const { code, stdout } = await Command.run([process.execPath, bin, "help"]);
  expect(code).toBe(0);
  const commands = stdout.match(/^ {2}\w+/gm)?.map((name) => name.trim());
  expect(commands).toEqual(["start", "hub", "setup", "status", "ingest", "produce", "dev", "help"]);
});
