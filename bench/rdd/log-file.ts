import { madeFile } from "./made-file.ts";

const users = ["ann", "bob", "carol", "dave", "svc-backup", "administrator"];
const actions = [
  "login ok",
  "login failed",
  "process started",
  "file read",
  "connection opened",
  "token refreshed",
];

/** Lines as of a firewall's log, until the file has `bytes`; the same each time. */
export function logFile(path: string, bytes: number): void {
  madeFile(path, bytes, (random) => {
    const pick = (items: readonly string[]) => items[random() % items.length];
    const time = new Date(1_700_000_000_000 + (random() % 86_400_000)).toISOString();
    const address = `10.${random() % 256}.${random() % 256}.${random() % 256}`;
    return `${time} host${random() % 500} ${pick(users)} ${address} ${pick(actions)} bytes=${random() % 100_000}`;
  });
}
