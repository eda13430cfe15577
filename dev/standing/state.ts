// What `dev up` left running, in a file that only this account reads.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { places } from "../places.ts";
import { isRunning, type ProcessIdentity } from "../processes/process-identity.ts";

/** All that can be started; `usualServices` are those that start when none is named. */
export const services = ["kafka", "hdfs", "spark"] as const;
export const usualServices = ["kafka", "hdfs"] as const;
export type Service = (typeof services)[number];

/** One process of a service. */
export interface StandingServer extends ProcessIdentity {
  readonly title: string;
  readonly log: string;
}

/** A service that was started, with the addresses that its clients need. */
export interface Standing {
  readonly addresses: Readonly<Record<string, string>>;
  /** In the order in which they started. */
  readonly servers: readonly StandingServer[];
}

export type State = Partial<Record<Service, Standing>>;

/** Nothing when there is no file or it isn't ours. */
export function readState(): State {
  try {
    return JSON.parse(readFileSync(places.state, "utf8")) as State;
  } catch {
    return {};
  }
}

/** Notes a service, or forgets it. */
export function note(service: Service, standing: Standing | undefined): void {
  const state = { ...readState(), [service]: standing };
  if (Object.values(state).every((value) => value === undefined))
    return rmSync(places.state, { force: true });
  mkdirSync(dirname(places.state), { recursive: true });
  const next = `${places.state}.next`;
  writeFileSync(next, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, places.state);
}

/** The servers of a service that don't run any more. */
export function endedServers(standing: Standing): StandingServer[] {
  return standing.servers.filter((server) => !isRunning(server));
}
