// The files that every peer reads, in .sightline/bench; made once, the same each time. Sizes are in their names.
import { join } from "node:path";
import { logFile } from "./log-file.ts";
import { madeFile } from "./made-file.ts";

const folder = join(import.meta.dirname, "..", "..", ".sightline", "bench");

export type DataFile = "log" | "words" | "keys" | "numbers" | "skewed" | "left" | "right";

/**
 * Makes a file, if it isn't there.
 * @param scale of its full size: 1 for the sizes below, 0.01 for a trial
 * @returns its path
 */
export function dataFile(name: DataFile, scale: number): string {
  const { bytes, make } = files[name];
  const size = Math.ceil(bytes * scale);
  const path = join(folder, `${name}-${size % 1e6 === 0 ? size / 1e6 : `${size}-bytes`}.txt`);
  make(path, size);
  return path;
}

const digits = (value: number, length: number) => String(value).padStart(length, "0");
const numberBytes = "123456789 v1234567\n".length;
const skewedBytes = "host-1234567 123456\n".length;
const sideBytes = "12345678 123456\n".length;

const files: Record<DataFile, { bytes: number; make: (path: string, bytes: number) => void }> = {
  log: { bytes: 300e6, make: logFile },

  /** Twelve words a line, of twenty thousand, some much more often than others. */
  words: {
    bytes: 300e6,
    make: (path, bytes) =>
      madeFile(path, bytes, (random) =>
        Array.from({ length: 12 }, () => {
          const u = random() / 2 ** 28;
          return vocabulary[Math.floor(u * u * u * vocabulary.length)];
        }).join(" "),
      ),
  },

  /** Ten keys a line, 30 million of which over six million are distinct; of no order. */
  keys: {
    bytes: 300e6,
    make: (path, bytes) => {
      const distinct = Math.ceil((6_080_000 * bytes) / 300e6);
      const key = (random: () => number) =>
        `u${digits(((random() % distinct) * 12_345_701) % 99_999_989, 8)}`;
      madeFile(path, bytes, (random) => Array.from({ length: 10 }, () => key(random)).join(" "));
    },
  },

  /** Ten million numbers of no order, each with a value. */
  numbers: {
    bytes: 10e6 * numberBytes,
    make: (path, bytes) =>
      madeFile(path, bytes, (random, index) => `${digits(random(), 9)} v${digits(index, 7)}`),
  },

  /** Six million records, a third of which have the same key; of the others a key has sixty. */
  skewed: {
    bytes: 6e6 * skewedBytes,
    make: (path, bytes) => {
      const others = Math.ceil(bytes / skewedBytes / 90);
      const host = (random: () => number, index: number) => (index % 3 === 0 ? 0 : 1 + (random() % others));
      madeFile(
        path,
        bytes,
        (random, index) => `host-${digits(host(random, index), 7)} ${digits(random() % 1_000_000, 6)}`,
      );
    },
  },

  left: { bytes: 5e6 * sideBytes, make: (path, bytes) => side(path, bytes, 1_000_003) },
  right: { bytes: 5e6 * sideBytes, make: (path, bytes) => side(path, bytes, 1_299_709) },
};

/** Each key once, in an order of its own: `step` is a prime. */
function side(path: string, bytes: number, step: number): void {
  const records = Math.ceil(bytes / sideBytes);
  madeFile(
    path,
    bytes,
    (random, index) => `${digits((index * step) % records, 8)} ${digits(random() % 1_000_000, 6)}`,
  );
}

const vocabulary = Array.from({ length: 20_000 }, (_, index) => {
  let word = "";
  for (let rest = index + 60; rest > 0; rest = Math.floor(rest / 60)) {
    word += "bcdfghjklmnpqrstvwxz"[rest % 20] + "aeo"[Math.floor((rest % 60) / 20)];
  }
  return word;
});
