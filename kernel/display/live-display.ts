// Values whose display changes while they live: a running ingest, for example.
import { setTimeout as sleep } from "node:timers/promises";
import { type MimeBundle, mimeBundle } from "./mime-bundle.ts";

/** The method by which a value says that it looks different now; it returns how to stop that. */
export const liveSymbol: unique symbol = Symbol.for("sightline.live") as never;

interface Live {
  [liveSymbol](changed: () => void): unknown;
}

/** Front ends redraw an output for each update: more often than this only costs. */
const MIN_INTERVAL_MS = 500;

export function isLive(value: unknown): value is Live {
  return (
    typeof value === "object" && value !== null && typeof (value as Partial<Live>)[liveSymbol] === "function"
  );
}

/** What shows the changes that wait for their turn. */
const due = new Set<() => Promise<void>>();

/** Gives a live value's bundle again when it has changed, at most twice a second, and always the last one. */
export function followLive(value: Live, update: (bundle: MimeBundle) => void): void {
  const show = async (): Promise<void> => {
    if (!due.delete(show)) return;
    try {
      update(await mimeBundle(value));
    } catch {
      // What a value can't show any more stays as it was.
    }
  };
  value[liveSymbol](() => {
    if (due.has(show)) return;
    due.add(show);
    void sleep(MIN_INTERVAL_MS, undefined, { ref: false }).then(show);
  });
}

/** Shows at once what has changed and waits for its turn. */
export async function showChanges(): Promise<void> {
  await Promise.all(Array.from(due, (show) => show()));
}
