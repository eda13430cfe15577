// Root's hub beside an account that took, before a person's server started, the places that it will use.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { descendants } from "../support/processes.ts";
import { Hub, hubMissing, hubPython } from "./hub.ts";
import { accountName, addAccount, as, isRoot, removeAccount, rootHint, runAs } from "./unix-account.ts";

const [person, stranger] = ["ada", "own"].map(accountName);
const token = "0123456789abcdef0123456789abcdef";
const missing = !isRoot ? rootHint : hubMissing ? hubMissing : undefined;
const folder = mkdtempSync(join(tmpdir(), "sightline-hub-squatting-"));
let port: number;
let hub: Hub;

beforeAll(async () => {
  if (missing) return;
  addAccount(stranger);
  port = await freePort();
  // The hub draws a port anew for each server; here it is known, as to one who holds all others.
  const config = join(folder, "extra.py");
  writeFileSync(
    config,
    `c.Spawner.port = ${port}
c.JupyterHub.services.append({"name": "tester", "api_token": "${token}"})
c.JupyterHub.load_roles.append({"name": "tester", "services": ["tester"],
    "scopes": ["admin:users", "admin:servers", "access:servers"]})
`,
    { mode: 0o600 },
  );
  hub = await Hub.start({ options: ["--config", config] });
  await hub.ready();
  expect((await api(`/hub/api/users/${person}`, "POST")).status).toBe(201);
});

afterAll(async () => {
  if (missing) return;
  await hub.stop();
  hub.remove();
  rmSync(folder, { recursive: true });
  for (const name of [person, stranger]) removeAccount(name);
});

const api = (path: string, method = "GET") =>
  fetch(`${hub.url}${path}`, { method, headers: { Authorization: `token ${token}` } });

test("nobody is sent to a server that another account started on the port of theirs", async (context) => {
  if (missing) context.skip(missing);
  const fake = `import http.server as h
class Fake(h.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("X-JupyterHub-Version", "5.5.4")
        self.end_headers()
        self.wfile.write(b"fake")
s = h.ThreadingHTTPServer(("127.0.0.1", ${port}), Fake)
print("up", flush=True)
s.serve_forever()`;
  const [command, ...words] = [...as(stranger), hubPython, "-c", fake];
  const squatter = spawn(command, words, { cwd: "/", stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void squatter.kill());
  await new Promise((resolve) => squatter.stdout.once("data", resolve));

  expect((await api(`/hub/api/users/${person}/server`, "POST")).status).toBe(500);
  expect(hub.log()).toContain("The server ended before it answered");
  expect(await (await api(`/user/${person}/`)).text()).not.toBe("fake");
}, 90_000);

test("a kernel has a place for its session's files, also when another account took the usual one", async (context) => {
  if (missing) context.skip(missing);
  const server = `/hub/api/users/${person}/server`;
  const uid = execFileSync("id", ["-u", person], { encoding: "utf8" }).trim();
  const usual = join(tmpdir(), `sightline-${uid}`);
  rmSync(usual, { recursive: true, force: true });
  expect((await runAs(stranger, "mkdir", usual)).code).toBe(0);
  onTestFinished(() => rmSync(usual, { recursive: true, force: true }));

  expect((await api(server, "POST")).status).toBeLessThan(300);
  const isReady = async () =>
    ((await (await api(`/hub/api/users/${person}`)).json()) as { server: string | null }).server;
  await expect.poll(isReady, { timeout: 60_000 }).toBe(`/user/${person}/`);
  expect((await api(`/user/${person}/api/kernels`, "POST")).status).toBe(201);
  const kernel = () =>
    descendants(hub.command.child.pid!).find(({ command }) => command.includes("kernel/main.ts"))?.pid;
  await expect.poll(kernel, { timeout: 30_000 }).toBeDefined();
  const folder = /(?:^|\0)TMPDIR=([^\0]+)/.exec(readFileSync(`/proc/${kernel()}/environ`, "utf8"))?.[1];
  expect(folder).toBe(`/home/${person}/.sightline/tmp`);
  expect([statSync(folder!).uid, statSync(folder!).mode & 0o777]).toEqual([Number(uid), 0o700]);
}, 120_000);
