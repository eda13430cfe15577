import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { identify, isRunning } from "../../dev/processes/process-identity.ts";
import { Server } from "../../dev/processes/server.ts";
import { Command, root } from "../support/command.ts";
import { allGone, descendants } from "../support/processes.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-dev-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function serve(script: string): Server {
  const logFile = join(folder, "logs", "server.log");
  const isReady = (log: string) => log.includes("at your service");
  const server = new Server({ title: "The server", command: ["/bin/sh", "-c", script], logFile, isReady });
  onTestFinished(() => server.kill());
  return server;
}

describe("a server", () => {
  test("is ready when its log says so, not when an older one did", async () => {
    const first = serve("echo at your service; exec sleep 1000");
    await first.ready();
    await first.stop();
    expect(first.exit).toBe("was killed by SIGTERM");
    const second = serve("read -r never; echo at your service");
    await expect(second.ready()).rejects.toThrow("it ended with exit code 0");
  });

  test("that ends while it starts shows the end of its log, without stack frames, and where it is", async () => {
    const lines =
      'for i in $(seq 20); do echo "line $i"; done; echo "Exception: no"; echo "	at a.b(C.java:1)"; exit 3';
    await expect(serve(lines).ready()).rejects.toThrow(
      "The server didn't start: it ended with exit code 3. The end of its log:\n" +
        "line 14\nline 15\nline 16\nline 17\nline 18\nline 19\nline 20\nException: no\n" +
        `The whole log: ${join(folder, "logs", "server.log")}`,
    );
  });

  test("whose program isn't there says so", async () => {
    await expect(serve("exec no-such-program").ready()).rejects.toThrow(
      /exit code 127[^]*no-such-program: not found/,
    );
  });

  test("takes along what it started, when it is killed", async () => {
    const server = serve("sleep 1000 & echo at your service; wait");
    await server.ready();
    const started = descendants(server.pid);
    expect(started.map(({ command }) => command)).toContain("sleep 1000");
    await server.kill();
    expect(server.exit).toBe("was killed by SIGKILL");
    await allGone(started);
  });

  test("that ignores the wish to stop is ended by force", { timeout: 120_000 }, async () => {
    const server = serve("trap '' TERM; echo at your service; while :; do sleep 0.1; done");
    await server.ready();
    await server.stop();
    expect(server.exit).toBe("was killed by SIGKILL");
  });
});

/** How many processes of a group run. */
function groupOf(pid: number): number {
  const lines = execFileSync("ps", ["-eo", "pgid=,stat="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => new RegExp(`^\\s*${pid}\\s+[^Z]`).test(line)).length;
}

/** Another process that starts a server which never ends, and tells its process id. */
async function elsewhere(then: string): Promise<{ command: Command; pid: number }> {
  const script = `
    import { Server } from ${JSON.stringify(join(root, "dev/processes/server.ts"))};
    const server = new Server({
      title: "The server",
      command: ["/bin/sh", "-c", "echo at your service; exec sleep 1000"],
      logFile: ${JSON.stringify(join(folder, "server.log"))},
      isReady: (log) => log.includes("at your service"),
    });
    await server.ready();
    console.log("pid " + server.pid);
    ${then}`;
  const command = new Command([process.execPath, "--input-type=module", "-e", script]);
  return { command, pid: Number((await command.says(/pid (\d+)/))[1]) };
}

describe("a server ends with the process that started it", () => {
  test.each(["SIGKILL", "SIGTERM"] as const)("when that gets %s", async (signal) => {
    const { command, pid } = await elsewhere("setInterval(() => {}, 1000);");
    const server = identify(pid);
    expect(isRunning(server)).toBe(true);
    command.child.kill(signal);
    await vi.waitUntil(() => !isRunning(server), { timeout: 30_000 });
    await vi.waitUntil(() => groupOf(pid) === 0, { timeout: 30_000 });
  });

  test("when that has nothing more to do", async () => {
    const { command, pid } = await elsewhere("");
    expect((await command.exited).code).toBe(0);
    await vi.waitUntil(() => groupOf(pid) === 0, { timeout: 30_000 });
  });

  test("unless it was released", async () => {
    const { command, pid } = await elsewhere("await server.release();");
    const server = identify(pid);
    expect((await command.exited).code).toBe(0);
    // Its watcher has gone, so nothing is left that could end it.
    await vi.waitUntil(() => groupOf(pid) === 1, { timeout: 30_000 });
    expect(isRunning(server)).toBe(true);
    process.kill(pid, "SIGKILL");
    await vi.waitUntil(() => !isRunning(server), { timeout: 30_000 });
  });
});

test("a process that has another's id is another process", () => {
  const own = identify(process.pid);
  expect(isRunning(own)).toBe(true);
  expect(isRunning({ ...own, started: `${own.started}0` })).toBe(false);
  expect(isRunning({ pid: 2 ** 22 + 1, started: own.started })).toBe(false);
});
