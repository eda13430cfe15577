import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes lines until the file has `bytes`; the same each time, for each has its own seeded numbers. Keeps a file that
 * is there.
 * @param nextLine makes the next line, from random whole numbers and its index
 */
export function madeFile(
  path: string,
  bytes: number,
  nextLine: (random: () => number, index: number) => string,
): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.part-${process.pid}`;
  const random = generator(20_241_122);
  const fd = openSync(part, "w");
  let index = 0;
  for (let written = 0; written < bytes;) {
    let block = "";
    while (block.length < 1 << 19 && written + block.length < bytes)
      block += `${nextLine(random, index++)}\n`;
    written += writeSync(fd, block);
  }
  closeSync(fd);
  renameSync(part, path);
}

// A linear congruential generator (Numerical Recipes); its high bits are good enough for a log.
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 4;
  };
}
