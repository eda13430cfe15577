import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type TestContext, expect, test } from "vitest";
import { projectFile } from "../project-folder.ts";

/** Runs Python beside the gate; gives what it printed. */
async function python(context: TestContext, code: string): Promise<string> {
  if (process.platform !== "linux")
    context.skip("docker run -v .:/src -w /src node:24 npm test -- sail/gate");
  const prelude = `
import sys, time
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(import.meta.dirname)})
from gate import *
def answers(source, port, destination, gate):
    client = socket.socket()
    client.settimeout(0.3)
    client.bind((source, port))
    try:
        client.connect((destination, gate.port))
        return True
    except TimeoutError:
        return False
    finally:
        client.close()
`;
  const { stdout } = await promisify(execFile)(projectFile(".venv/bin/python"), ["-c", prelude + code]);
  return stdout.trim();
}

test("a route is open from its announcement until it is shut, and no other is", async (context) => {
  const code = `
gate = Gate()
gate.prove()
route = ("127.3.4.5", 61234, "127.6.7.8")
print(answers(*route, gate))
gate.open(*route)
print(answers("127.3.4.5", 61235, "127.6.7.8", gate), answers("127.3.4.6", 61234, "127.6.7.8", gate))
print(answers("127.3.4.5", 61234, "127.6.7.9", gate), answers(*route, gate))
gate.shut(*route)
gate.shut(*route)
route = ("127.3.4.7", 61234, "127.6.7.8")
print(answers(*route, gate))`;
  expect(await python(context, code)).toBe("False\nFalse False\nFalse True\nFalse");
});

test("a route that nobody comes by is forgotten", async (context) => {
  const code = `
import gate as module
module.LIFETIME_S = 0.05
gate = Gate()
gate.open("127.3.4.5", 61236, "127.6.7.8")
print(gate.forget_old(), len(gate.routes))
time.sleep(0.1)
print(gate.forget_old(), len(gate.routes), answers("127.3.4.5", 61236, "127.6.7.8", gate))`;
  expect(await python(context, code)).toBe("0.05 1\nNone 0 False");
});

test("of too many open routes, the oldest go", async (context) => {
  const code = `
gate = Gate()
for port in range(61000, 61000 + ROUTES_AT_MOST + 1):
    gate.open("127.3.4.5", port, "127.6.7.8")
print(len(gate.routes), answers("127.3.4.5", 61000, "127.6.7.8", gate), answers("127.3.4.5", 61001, "127.6.7.8", gate))
print(answers("127.3.4.5", 61000 + ROUTES_AT_MOST, "127.6.7.8", gate))`;
  expect(await python(context, code)).toBe("32 False True\nTrue");
});

test("IP options, which could hold an open route's port, don't help", async (context) => {
  const code = `
gate = Gate()
gate.open("127.3.4.5", 61237, "127.6.7.8")
client = socket.socket()
client.settimeout(0.3)
# No-operations; what is read as the port without care is these bytes, the sender's to choose.
client.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, bytes([1, 1, 1, 0]))
client.bind(("127.3.4.5", 61237))
try:
    client.connect(("127.6.7.8", gate.port))
    print("came in")
except TimeoutError:
    print("stayed outside")`;
  expect(await python(context, code)).toBe("stayed outside");
});

test("a system that takes the gate's program and doesn't run it is found out, every time", async (context) => {
  const code = `
Gate._filter = lambda self: None
for _ in range(20):
    try:
        Gate().prove()
        print("passed for a gate")
    except Unguarded as reason:
        pass
print("done")`;
  expect(await python(context, code)).toBe("done");
});

test("another account, and our own without asking to share, can't listen on the port", async (context) => {
  const code = `
gate = Gate()
other = socket.socket()
other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    other.bind(("127.9.9.9", gate.port))
    print("shares it")
except OSError as error:
    print(error.strerror)`;
  expect(await python(context, code)).toBe("Address already in use");
});
