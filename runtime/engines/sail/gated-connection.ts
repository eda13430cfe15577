import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import type { ServerProcess } from "../server-process.ts";

/** An announced route is open for ten seconds (`gate.py`); a connection that is late must not wait before a shut door. */
const lateMs = 5000;

/**
 * A connection through the gate of an engine (`gate.py`): announces the route that it will take, and takes it. The
 * gate lets in this route once, nothing else. Returns at once; the socket connects, or fails, later.
 */
export function gatedConnection(engine: ServerProcess): Socket {
  const source = randomAddress();
  const sourcePort = randomInt(...sourcePorts());
  const destination = randomAddress();
  const route = `${source} ${sourcePort} ${destination}`;
  const socket = connect({
    // Any name: the lookup is where a socket waits before it connects.
    host: "engine.invalid",
    port: engine.port,
    family: 4,
    localAddress: source,
    localPort: sourcePort,
    lookup: (_host, _options, done) => {
      const asked = performance.now();
      const fail = (why: string) =>
        done(Object.assign(new Error(`The engine's gate ${why}.`), { code: "ECONNREFUSED" }), "", 4);
      engine.ask("open", route).then(
        (answer) => {
          if (answer !== "done") fail(answer);
          else if (performance.now() - asked > lateMs) fail("was open for too short a time");
          else done(null, destination, 4);
        },
        () => fail("is gone"),
      );
    },
  });
  socket.once("close", () => engine.tell("shut", route));
  return socket;
}

function randomAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

/** From and to (exclusive): ports that the system gives to nobody, so that none is taken by chance. */
function sourcePorts(): [number, number] {
  ports ??= portsOutside(readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8"));
  return ports;
}
let ports: [number, number] | undefined;

/** The larger part of the unprivileged ports beside the system's own range, "32768\t60999". */
export function portsOutside(range: string): [number, number] {
  const [first, last] = range.trim().split(/\s+/).map(Number);
  const above: [number, number] = [last + 1, 65_536];
  const below: [number, number] = [Math.min(20_000, first), first];
  const widest = above[1] - above[0] >= 1000 ? above : below;
  return widest[1] - widest[0] >= 1000 ? widest : [1024, 65_536];
}
