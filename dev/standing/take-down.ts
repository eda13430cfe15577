import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { places } from "../places.ts";
import { isRunning, type ProcessIdentity } from "../processes/process-identity.ts";
import { note, readState, type Service } from "./state.ts";

const patienceMs = 20_000;

/**
 * Stops a service that goes on from an earlier command and waits until it is gone: brokers together, because the last
 * one alone could not hand over; DataNodes before the NameNode.
 * @returns whether any of it ran
 */
export async function takeDown(service: Service): Promise<boolean> {
  const servers = readState()[service]?.servers ?? [];
  const didRun = servers.some(isRunning);
  const [first, ...others] = servers;
  if (service === "kafka") await Promise.all(servers.map(end));
  else {
    await Promise.all(others.map(end));
    if (first) await end(first);
  }
  note(service, undefined);
  return didRun;
}

/** Removes what a service kept. It must not run. */
export function deleteData(service: Service): void {
  rmSync(join(places.data, service), { recursive: true, force: true });
}

async function end(server: ProcessIdentity): Promise<void> {
  signal(server, "SIGTERM");
  // One that was stopped (SIGSTOP) must wake up to end.
  signal(server, "SIGCONT");
  for (const deadline = performance.now() + patienceMs; isRunning(server); await sleep(50))
    if (performance.now() > deadline) signal(server, "SIGKILL");
}

function signal(server: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    if (isRunning(server)) process.kill(server.pid, name);
  } catch {
    // gone in between
  }
}
