import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { JupyterClient, type StartOptions } from "../support/jupyter-client.ts";

async function start(options?: StartOptions): Promise<JupyterClient> {
  const kernel = await JupyterClient.start(options);
  onTestFinished(() => kernel.stop());
  return kernel;
}

test("a message with a wrong signature is dropped and logged, and the next one answered", async () => {
  const kernel = await start();
  await kernel.sendFrames(
    "shell",
    kernel.frames("execute_request", { code: "globalThis.forged = 1" }, "forged", "wrong key"),
  );
  await kernel.sendFrames("shell", ["no delimiter"]);
  await kernel.sendFrames("control", ["<IDS|MSG>", "", "{"]);
  expect((await kernel.execute("typeof forged")).text).toBe("'undefined'");
  expect(kernel.log).toContain("Dropped a message whose signature is wrong.");
  expect(kernel.log).toContain("Dropped a message without the delimiter <IDS|MSG>.");
});

test("shutdown answers, ends the process, and also one that spins", async () => {
  const kernel = await start();
  expect(await kernel.request("shutdown_request", { restart: true }, "control")).toEqual({
    status: "ok",
    restart: true,
  });
  await kernel.ended();
  const spinning = await start();
  void spinning.execute("while (true) {}");
  expect(await spinning.request("shutdown_request", { restart: false }, "control")).toEqual({
    status: "ok",
    restart: false,
  });
  await spinning.ended();
});

test("a kernel whose parent was killed ends, with what it started, even while a cell spins", async () => {
  const kernel = await start({
    argv: ["sh", "-c", `${launcher} "$1" & echo $! >&2; wait`, "sh", "{connection_file}"],
  });
  const pid = Number(/^\d+$/m.exec(kernel.log)![0]);
  void kernel.execute("while (true) {}");
  kernel.process.kill("SIGKILL");
  await kernel.ended();
  while (isAlive(pid)) await sleep(50);
  expect(isAlive(pid)).toBe(false);
});

test("the report of a kernel that ran out of memory holds no environment, in a folder of the user's alone", async () => {
  const kernel = await start({ env: { NODE_OPTIONS: "--max-old-space-size=64", MY_TOKEN: "hunter2" } });
  void kernel.execute("const kept = []; for (;;) kept.push(new Array(1000).fill({}))");
  await kernel.ended();
  const logs = fileURLToPath(new URL("../../.sightline/logs/", import.meta.url));
  expect((await stat(logs)).mode & 0o777).toBe(0o700);
  const name = (await readdir(logs)).find((file) => file.split(".")[3] === String(kernel.process.pid))!;
  const report = await readFile(join(logs, name), "utf8");
  await rm(join(logs, name));
  expect(JSON.parse(report).header.event).toContain("out of memory");
  expect(report).not.toContain("hunter2");
});

test("the launcher says which Node is needed where only an older one is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-launch-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "bin"));
  await cp(launcher, join(folder, "share/jupyter/kernels/sightline/launch"));
  await writeFile(join(folder, "bin/node"), "#!/bin/sh\necho v20.19.4\n", { mode: 0o755 });
  const child = spawn(join(folder, "share/jupyter/kernels/sightline/launch"), ["x"], {
    env: { PATH: `${folder}/bin:/usr/bin:/bin` },
  });
  expect(await stderrOf(child)).toMatch(
    /^Sightline needs Node 22\.22 or newer, and v20\.19\.4 is here: run `npm run setup` in .*\n$/,
  );
  expect(child.exitCode).toBe(1);
});

const launcher = fileURLToPath(new URL("../../share/jupyter/kernels/sightline/launch", import.meta.url));

async function stderrOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stderr!.setEncoding("utf8").on("data", (part: string) => (text += part));
  await once(child, "close");
  return text;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
