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

/** Gives a live value's bundle again when it has changed, at most twice a second, and always the last one. */
export function followLive(value: Live, update: (bundle: MimeBundle) => void): void {
  let isDue = false;
  value[liveSymbol](() => {
    if (isDue) return;
    isDue = true;
    void sleep(MIN_INTERVAL_MS, undefined, { ref: false })
      .then(() => {
        isDue = false;
        return mimeBundle(value);
      })
      .then(update)
      // What a value can't show any more stays as it was.
      .catch(() => {});
  });
}
