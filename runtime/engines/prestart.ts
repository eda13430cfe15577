// An engine that starts before the session that will use it, while the rest of the runtime still loads.
import { chooseEngine } from "./choose-engine.ts";
import type { Engine } from "./engine.ts";
import { makeSessionFolder } from "./session-folder.ts";
import { startSettings } from "./spark/start-settings.ts";

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

/**
 * The engine of this remote: the one that was started early, or a new one.
 * @param settings of the session's builder; an engine that has missed some of them at its start is given up
 */
export function takeEngine(remote: string | undefined, settings: ReadonlyMap<string, string>): Started {
  const early = waiting?.remote === remote ? waiting : undefined;
  if (!early) return newEngine(remote, settings);
  waiting = undefined;
  if (early.engine.name !== "spark" || startSettings(settings).size === 0) return early;
  void early.engine.stop().catch(() => {});
  return newEngine(remote, settings);
}

/** What `SPARK_REMOTE` says, if anything. */
export function defaultRemote(): string | undefined {
  return process.env.SPARK_REMOTE || undefined;
}

function newEngine(remote: string | undefined, settings?: ReadonlyMap<string, string>): Started {
  const folder = makeSessionFolder();
  return { remote, folder, engine: chooseEngine(remote, folder, settings) };
}
