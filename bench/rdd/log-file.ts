import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const users = ["ann", "bob", "carol", "dave", "svc-backup", "administrator"];
const actions = [
  "login ok",
  "login failed",
  "process started",
  "file read",
  "connection opened",
  "token refreshed",
];

/** Writes lines as of a firewall's log until the file has `bytes`; the same each time. Keeps a file that is there. */
export function logFile(path: string, bytes: number): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= bytes) return;
  mkdirSync(dirname(path), { recursive: true });
  const random = generator(20_241_122);
  const pick = (items: readonly string[]) => items[random() % items.length];
  const fd = openSync(`${path}.part`, "w");
  for (let written = 0; written < bytes;) {
    let block = "";
    for (let i = 0; i < 5000; i++) {
      const time = new Date(1_700_000_000_000 + (random() % 86_400_000)).toISOString();
      const address = `10.${random() % 256}.${random() % 256}.${random() % 256}`;
      block += `${time} host${random() % 500} ${pick(users)} ${address} ${pick(actions)} bytes=${random() % 100_000}\n`;
    }
    written += writeSync(fd, block);
  }
  closeSync(fd);
  renameSync(`${path}.part`, path);
}

// A linear congruential generator (Numerical Recipes); its high bits are good enough for a log.
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 4;
  };
}
