import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { type LookupFunction, Socket } from "node:net";
import type { ServerProcess } from "../server-process.ts";

/** An announced route is open for ten seconds (`gate.py`); a connection that is late must not wait before a wall. */
const lateMs = 5000;

/**
 * A connection through the gate of an engine (`gate.py`): announces the route that it will take, takes it, and has it
 * shut behind itself. Connects, or fails, later, as each socket does.
 *
 * While a route is open it belongs to this socket alone: nobody can know it before the call that connects, and from
 * then on the system has it once. So the socket isn't closed before the gate has said that the route is shut.
 */
export class GatedConnection extends Socket {
  readonly #engine: ServerProcess;
  readonly #route: string;
  #shut: Promise<unknown> | undefined;

  constructor(engine: ServerProcess) {
    super();
    const localAddress = randomAddress();
    const localPort = randomInt(...sourcePorts());
    const destination = randomAddress();
    this.#engine = engine;
    this.#route = `${localAddress} ${localPort} ${destination}`;
    // A name, whatever it is, is looked up first: that is where the socket waits for the gate.
    const host = "engine.invalid";
    const lookup: LookupFunction = (_host, _options, done) => {
      void this.#open().then((failure) => done(failure, destination, 4));
    };
    this.once("connect", () => void this.#shutBehind());
    this.connect({ host, port: engine.port, family: 4, localAddress, localPort, lookup });
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    void this.#shutBehind().then(() => super._destroy(error, callback));
  }

  async #open(): Promise<NodeJS.ErrnoException | null> {
    const asked = performance.now();
    const answer = await this.#engine.ask("open", this.#route).catch(() => "is gone");
    const why = performance.now() - asked > lateMs ? "was asked too long ago" : answer;
    if (why === "done") return null;
    return Object.assign(new Error(`The engine's gate ${why}.`), { code: "ECONNREFUSED" });
  }

  #shutBehind(): Promise<unknown> {
    return (this.#shut ??= this.#engine.ask("shut", this.#route, { keepsAlive: false }).catch(() => {}));
  }
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
