import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { randomFrom } from "../../tests/support/random.ts";

/** Writes events of a firewall, one a line: 20 fields, about 233 bytes. The same each time. Keeps a file that is there. */
export function eventsFile(path: string, count: number): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const random = randomFrom(20_261_123);
  const pick = <T>(items: readonly T[]): T => items[random(items.length)];
  const fd = openSync(`${path}.part`, "w");
  let time = Date.UTC(2026, 10, 23);
  let block = "";
  for (let id = 0; id < count; id++) {
    time += random(150);
    const event = {
      id: 1e9 + id,
      ts: new Date(time).toISOString(),
      host: `h${random(2000)}`,
      src: `10.${random(4)}.${random(256)}.${random(256)}`,
      dst: `${random(223)}.${random(256)}.${random(256)}.${random(256)}`,
      sp: 1024 + random(60_000),
      dp: pick([22, 53, 80, 443, 445, 3389]),
      pr: pick(["tcp", "udp", "icmp"]),
      act: pick(["allow", "deny", "drop"]),
      usr: `u${random(500)}`,
      in: random(100_000),
      out: random(1_000_000),
      pk: random(500),
      dur: random(100_000) / 1000,
      sev: random(8),
      ok: random(2) === 0,
      app: pick(["ssh", "web", "dns", "smb"]),
      cc: pick(["DE", "US", "FR", "CN"]),
      rl: random(300),
      sc: random(100) / 100,
    };
    block += `${JSON.stringify(event)}\n`;
    if (block.length > 1e6 || id === count - 1) {
      writeSync(fd, block);
      block = "";
    }
  }
  closeSync(fd);
  renameSync(`${path}.part`, path);
}
