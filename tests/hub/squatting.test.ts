// Root's hub beside an account that took, before a person's server started, the places that it will use.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/free-port.ts";
import { Hub, hubHint, hubPython } from "./hub.ts";
import { accountName, addAccount, as, isRoot, removeAccount, rootHint } from "./unix-account.ts";

const [person, stranger] = ["ada", "own"].map(accountName);
const token = "0123456789abcdef0123456789abcdef";
const missing = !isRoot ? rootHint : !existsSync(hubPython) ? hubHint : undefined;
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
