// How the hub begins and ends: once per folder, and without a trace, also when it is killed.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, onTestFinished, test } from "vitest";
import { Command, root } from "../support/command.ts";
import { allGone, descendants } from "../support/processes.ts";
import { Hub, hubMissing } from "./hub.ts";
import { accountName, isRoot, removeAccount, rootHint } from "./unix-account.ts";

const person = accountName("life");
const token = "0123456789abcdef0123456789abcdef";
const isMissing = hubMissing !== undefined;
const folder = mkdtempSync(join(tmpdir(), "sightline-hub-life-"));
const hubs: Hub[] = [];

/** A configuration of the user's own, with a service that may start servers, as hub users write it. */
const config = join(folder, "extra.py");
writeFileSync(
  config,
  `c.JupyterHub.services.append({"name": "tester", "api_token": "${token}"})
c.JupyterHub.load_roles.append({"name": "tester", "services": ["tester"],
    "scopes": ["admin:users", "admin:servers", "access:servers"]})
c.NativeAuthenticator.enable_signup = False
`,
  { mode: 0o600 },
);

afterEach(async () => {
  for (const hub of hubs.splice(0)) {
    const all = descendants(hub.command.child.pid!);
    hub.command.child.kill("SIGKILL");
    await allGone(all);
    hub.remove();
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (isRoot) removeAccount(person);
});

async function start(...args: Parameters<typeof Hub.start>): Promise<Hub> {
  const hub = await Hub.start(...args);
  hubs.push(hub);
  return hub;
}

function api(hub: Hub, path: string, method = "GET"): Promise<Response> {
  return fetch(`${hub.url}${path}`, { method, headers: { Authorization: `token ${token}` } });
}

/** Starts a person's server with a kernel, without a browser. */
async function startServer(hub: Hub): Promise<void> {
  expect((await api(hub, `/hub/api/users/${person}`, "POST")).status).toBe(201);
  await api(hub, `/hub/api/users/${person}/server`, "POST");
  const isReady = async () =>
    ((await (await api(hub, `/hub/api/users/${person}`)).json()) as { server: string | null }).server;
  await expect.poll(isReady, { timeout: 60_000 }).toBe(`/user/${person}/`);
  expect((await api(hub, `/user/${person}/api/kernels`, "POST")).status).toBe(201);
}

test("a folder has one hub at a time, and its files are closed to others", async (context) => {
  if (isMissing) context.skip(hubMissing!);
  const hub = await start();
  await hub.ready();
  const again = await Command.run([
    process.execPath,
    join(root, "cli", "sightline.mjs"),
    "hub",
    "--state-dir",
    hub.stateDir,
  ]);
  const pid = hub.command.child.pid;
  expect(again).toEqual({
    code: 1,
    stdout: "",
    stderr: `The hub of this folder runs already, at ${hub.url} (process ${pid}).\nEnd it by Ctrl-C in its terminal, or kill ${pid}.\n`,
  });
  expect((await fetch(`${hub.url}/hub/login`)).status).toBe(200);
  await hub.stop();
  chmodSync(join(hub.stateDir, "hub.sqlite"), 0o644);
  chmodSync(hub.stateDir, 0o755);
  const next = await start({ stateDir: hub.stateDir, port: hub.port });
  await next.ready();
  expect(statSync(join(hub.stateDir, "hub.sqlite")).mode & 0o777).toBe(0o600);
  expect(statSync(hub.stateDir).mode & 0o777).toBe(0o700);
});

test.for(["command", "hub", "command and hub"])(
  "when its %s is killed nothing is left, and it starts again on its port",
  { timeout: 120_000 },
  async (victim, context) => {
    if (isMissing) context.skip(hubMissing!);
    const hub = await start({ options: ["--config", config] });
    await hub.ready();
    await startServer(hub);
    const all = descendants(hub.command.child.pid!);
    expect(all.some(({ command }) => command.includes("kernel/main.ts"))).toBe(true);
    const python = all.find(({ command }) => command.includes("run_hub.py"))!.pid;
    if (victim.includes("command")) hub.command.child.kill("SIGKILL");
    if (victim.includes("hub")) process.kill(python, "SIGKILL");
    const { code } = await hub.command.exited;
    if (victim === "hub") {
      expect(code).toBe(1);
      expect(hub.command.stderr).toMatch(/^The hub ended unexpectedly: .*\nSee .*hub\.log\.\n$/);
    }
    // At once: what is left of the last one has to make room.
    const next = await start({ stateDir: hub.stateDir, port: hub.port });
    await next.ready();
    await allGone(all);
    expect((await fetch(`${next.url}/hub/login`)).status).toBe(200);
  },
);

test("a person whom the hub forgets leaves an account that nobody gets unasked", async (context) => {
  if (isMissing) context.skip(hubMissing!);
  if (!isRoot) context.skip(rootHint);
  const hub = await start({ options: ["--config", config] });
  await hub.ready();
  await startServer(hub);
  const groups = () => execFileSync("id", ["-nG", person], { encoding: "utf8" }).trim().split(" ");
  expect(groups()).toContain("sightline");
  expect((await api(hub, `/hub/api/users/${person}`, "DELETE")).status).toBe(204);
  expect(groups()).not.toContain("sightline");
  expect(existsSync(`/home/${person}/examples/welcome.ipynb`)).toBe(true);
  expect((await api(hub, `/hub/api/users/${person}`, "POST")).status).toBe(201);
  const refused = await api(hub, `/hub/api/users/${person}/server`, "POST");
  expect(refused.status).toBe(500);
  expect(hub.log()).toContain(
    `${person} is an account of this machine that the hub didn't make. Choose another name, or ask the machine's administrator to let the hub use it: usermod -aG sightline ${person}`,
  );
  execFileSync("usermod", ["-aG", "sightline", person]);
  expect((await api(hub, `/hub/api/users/${person}/server`, "POST")).status).toBeLessThan(300);
});

test("https by given files, and a configuration of one's own", async (context) => {
  if (isMissing) context.skip(hubMissing!);
  const [cert, key] = ["cert.pem", "key.pem"].map((name) => join(folder, name));
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-keyout", key, "-out", cert],
    ],
    { stdio: "ignore" },
  );
  const hub = await start({ options: ["--cert", cert, "--key", key, "--config", config] });
  await hub.ready();
  expect(hub.command.stdout).toContain(`JupyterHub is at https://127.0.0.1:${hub.port} (Ctrl-C ends it)`);
  const status = (path: string) =>
    new Promise((resolve, reject) =>
      request(`${hub.url}${path}`, { ca: readFileSync(cert), servername: "localhost" }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end(),
    );
  expect(await status("/hub/login")).toBe(200);
  expect(await status("/hub/signup")).toBe(404);
  await expect(fetch(`http://127.0.0.1:${hub.port}/hub/login`)).rejects.toThrow("fetch failed");
});

test("names a port that is in use", async (context) => {
  if (isMissing) context.skip(hubMissing!);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const hub = await start({ port });
  expect(await hub.command.exited).toMatchObject({ code: 1 });
  expect(hub.command.stderr).toBe(
    `Port ${port} is in use by another program.\nLeave --port out to take the next free one from 8000.\n`,
  );
});

test("says where to look when its configuration is wrong", async (context) => {
  if (isMissing) context.skip(hubMissing!);
  const wrong = join(folder, "wrong.py");
  writeFileSync(wrong, "c.JupyterHub.no_such = \n");
  const hub = await start({ options: ["--config", wrong] });
  expect(await hub.command.exited).toMatchObject({ code: 1 });
  expect(hub.command.stderr).toMatch(/^The hub ended unexpectedly: .*\nSee .*hub\.log\.\n$/);
  expect(hub.log()).toContain("no_such");
});
