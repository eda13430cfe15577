// An engine that starts before the session that will use it, while the rest of the runtime still loads.
import { chooseEngine } from "./choose-engine.ts";
import type { Engine } from "./engine.ts";
import { makeSessionFolder } from "./session-folder.ts";

interface Started {
  readonly remote: string | undefined;
  readonly engine: Engine;
  readonly folder: string;
}

let waiting: Started | undefined;

/** Starts the engine that a session without further words would choose. A failure is told to who uses it. */
export function prestartEngine(): void {
  try {
    waiting ??= newEngine(defaultRemote());
  } catch {
    return;
  }
  void waiting.engine.endpoint().catch(() => {});
}

/** The engine of this remote: the one that was started early, or a new one. */
export function takeEngine(remote: string | undefined): Started {
  const early = waiting?.remote === remote ? waiting : undefined;
  if (early) waiting = undefined;
  return early ?? newEngine(remote);
}

/** What `SPARK_REMOTE` says, if anything. */
export function defaultRemote(): string | undefined {
  return process.env.SPARK_REMOTE || undefined;
}

function newEngine(remote: string | undefined): Started {
  const folder = makeSessionFolder();
  return { remote, folder, engine: chooseEngine(remote, folder) };
}
