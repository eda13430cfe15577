// Two accounts of one machine: what one of them runs on the embedded engine is closed to the other.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountName, addAccount, as, isRoot, removeAccount, runAs } from "../hub/unix-account.ts";
import { closedClone } from "../support/closed-clone.ts";
import { root } from "../support/command.ts";
import { openPython } from "./open-python.ts";
import { Talk } from "./talk.ts";

const canRun = isRoot && !closedClone;
const hint = (isRoot && closedClone) || "sudo npm test -- engines/isolation";
const owner = accountName("owner");
const intruder = accountName("intruder");
const python = join(root, ".venv/bin/python");

interface Report {
  readonly ports: number;
  readonly routes: number;
  readonly tried: Record<string, number>;
  readonly answered: Record<string, number>;
}

let opened: ReturnType<typeof openPython> | undefined;
beforeAll(() => {
  if (!canRun) return;
  for (const name of [owner, intruder]) addAccount(name);
  opened = openPython(python);
});
afterAll(() => {
  if (!canRun) return;
  for (const name of [owner, intruder]) {
    const uid = Number(execFileSync("id", ["-u", name], { encoding: "utf8" }));
    removeAccount(name);
    rmSync(join(tmpdir(), `sightline-${uid}`), { recursive: true, force: true });
  }
  opened?.dispose();
});

function talkAs(name: string, ...command: string[]): Talk {
  // The runner's own settings are root's, and so are the folders that they name.
  const env = { PATH: process.env.PATH, HOME: `/home/${name}`, TMPDIR: tmpdir() };
  return new Talk([...opened!.prefix, ...as(name), ...command], { cwd: `/home/${name}`, env });
}

async function uidOf(name: string): Promise<string> {
  return (await runAs(name, "id", "-u")).stdout.trim();
}

async function startIntruder(): Promise<Talk> {
  return talkAs(intruder, python, join(import.meta.dirname, "intruder.py"), await uidOf(owner));
}

/** What the intruder has done by now. */
function report(talk: Talk): Promise<Report> {
  const before = talk.lines.length;
  return talk.until((lines) => lines.length > before + 1 && (JSON.parse(lines.at(-1)!) as Report));
}

/** Waits until the intruder has tried in this way so many times more. */
async function untilTried(talk: Talk, way: string, times: number): Promise<void> {
  const tries = async () => (await report(talk)).tried[way] ?? 0;
  const before = await tries();
  while ((await tries()) < before + times);
}

describe("the embedded engine of one account, and another account that tries to get in", () => {
  test("the intruder gets into a port that has no gate", async (context) => {
    if (!canRun) context.skip(hint);
    const listen = "import socket, sys; s = socket.create_server(('127.0.0.1', 0)); sys.stdin.read()";
    const open = talkAs(owner, python, "-c", listen);
    const talk = await startIntruder();
    try {
      while (((await report(talk)).answered.plainly ?? 0) === 0);
    } finally {
      await talk.end();
      await open.end();
    }
  });

  test("nobody else gets in: from the start, across reconnects and restarts, and by the owner's own route", async (context) => {
    if (!canRun) context.skip(hint);
    const talk = await startIntruder();
    await report(talk);
    const session = talkAs(owner, process.execPath, join(import.meta.dirname, "owner.ts"));
    try {
      expect(await session.ask("count")).toBe("count 5");
      const started = await report(talk);
      expect(started.ports).toBeGreaterThan(0);
      expect(started.routes).toBeGreaterThan(0);
      await untilTried(talk, "from the same port, taken", 3);
      for (let i = 0; i < 10; i++) expect(await session.ask("reconnect")).toBe("reconnect 5");
      expect(await session.ask("stage")).toBe("stage 2");
      expect(await session.ask("restart")).toBe("restart 5");
      expect(await session.ask("disconnect")).toBe("disconnect undefined");
      // The system frees the route of a connection that has ended after a second.
      await untilTried(talk, "from the same port", 20);
      await untilTried(talk, "from the same address", 20);
      expect(await session.ask("count")).toBe("count 5");
      const { ports, routes, tried, answered } = await report(talk);
      expect(answered).toEqual({});
      expect(ports).toBeGreaterThan(started.ports);
      expect(routes).toBeGreaterThan(started.routes);
      for (const way of ["plainly", "over IPv6", "by MPTCP"]) expect(tried[way]).toBeGreaterThan(10);
    } finally {
      await session.end();
      await talk.end();
    }
  }, 120_000);

  test("what a session keeps on disk is closed too: stages, spilled data, the log", async (context) => {
    if (!canRun) context.skip(hint);
    const session = talkAs(owner, process.execPath, join(import.meta.dirname, "owner.ts"));
    try {
      expect(await session.ask("stage")).toBe("stage 2");
      const folder = (await session.ask("folder")).replace("folder ", "");
      expect((await runAs(owner, "find", folder, "-name", "sail.log", "-perm", "0600")).stdout).not.toBe("");
      expect(await runAs(intruder, "ls", folder)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("Permission denied"),
      });
    } finally {
      await session.end();
    }
  });
});

describe("a machine without a gate", () => {
  const count = join(import.meta.dirname, "owner.ts");
  const ann = "root:x:0:0::/root:/bin/bash\nann:x:1001:1001::/homes/ann:/bin/bash\n";

  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "sightline-gate-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Namespaces of its own: accounts, processes, and a network in which no memory is left for programs of ports.
  function withoutGate(passwd: string): Talk {
    const script = `set -e
      mount -t tmpfs -o mode=755 tmpfs ${folder}
      cp -a /etc/. ${folder}
      printf '%s' "$PASSWD" > ${folder}/passwd
      printf 'passwd: files\n' > ${folder}/nsswitch.conf
      mount --bind ${folder} /etc
      ip link set lo up
      echo 1 > /proc/sys/net/core/optmem_max
      exec "$@"`;
    const unshare = [
      "unshare",
      "--net",
      "--mount",
      "--pid",
      "--fork",
      "--mount-proc",
      "bash",
      "-c",
      script,
      "bash",
    ];
    return new Talk([...unshare, process.execPath, count], {
      cwd: tmpdir(),
      env: { ...process.env, PASSWD: passwd },
    });
  }

  test("refuses to start the engine beside another account, and says what to use", async (context) => {
    if (!canRun) context.skip(hint);
    const talk = withoutGate(ann);
    await expect(talk.ask("count")).rejects.toThrow(
      "The embedded engine (Sail) would be open to the other accounts of this machine (ann) and so it wasn't " +
        "started: the filter for its port can't be set up (Cannot allocate memory).\n" +
        "Use Spark with a token, SPARK_REMOTE=local[*]",
    );
  });

  test("starts the engine where nobody else has an account", async (context) => {
    if (!canRun) context.skip(hint);
    const talk = withoutGate(ann.split("\n")[0]);
    try {
      expect(await talk.ask("count")).toBe("count 5");
      expect(await talk.ask("reconnect")).toBe("reconnect 5");
    } finally {
      await talk.end();
    }
  });
});
