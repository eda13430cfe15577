import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from "node:fs";

const columns = 450;

/** Numbers from 0 to 1, the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const often = (next: () => number, values: readonly string[], shares: readonly number[]) => {
  let left = next();
  return values[shares.findIndex((share) => (left -= share) < 0)] ?? values[0];
};
const one = (next: () => number, values: readonly string[]) => values[Math.floor(next() * values.length)];

type Make = (next: () => number, row: number) => string;

const types = [
  "login",
  "logout",
  "process_start",
  "dns_query",
  "http_request",
  "file_open",
  "net_conn",
  "alert",
];
const severities = ["low", "medium", "high", "critical"];

/** What security feeds are like: a few columns that say something, and hundreds that mostly repeat themselves. */
const named: Readonly<Record<string, Make>> = {
  event_time: (_, row) => new Date(Date.UTC(2026, 0, 1) + row * 350).toISOString(),
  event_id: (_, row) => String(row).padStart(12, "0"),
  event_type: (next) => often(next, types, [0.15, 0.1, 0.2, 0.2, 0.15, 0.1, 0.08, 0.02]),
  severity: (next) => often(next, severities, [0.7, 0.2, 0.08, 0.02]),
  src_ip: (next) => `10.${Math.floor(next() * 4)}.${Math.floor(next() * 30)}.${1 + Math.floor(next() * 249)}`,
  dst_ip: (next) => `172.16.${Math.floor(next() * 10)}.${1 + Math.floor(next() * 249)}`,
  src_port: (next) => String(1024 + Math.floor(next() * 64_511)),
  dst_port: (next) => one(next, ["80", "443", "22", "53", "445", "3389", "8080"]),
  user: (next) => `user${String(Math.floor(next() * 800)).padStart(4, "0")}@corp.example`,
  host: (next) => `wks-${String(Math.floor(next() * 1500)).padStart(5, "0")}.corp.example.local`,
  bytes_in: (next) => String(40 + Math.floor(next() * 200_000)),
  bytes_out: (next) => String(40 + Math.floor(next() * 20_000)),
};

function filler(i: number): [string, Make] {
  const enumValues = Array.from({ length: 6 }, (_, j) => `value_${j}_of_${i}`);
  switch (i % 10) {
    case 0:
    case 1:
      return [`flag_${i}`, (next) => (next() < 0.03 ? "true" : "false")];
    case 2:
    case 3:
    case 4:
      return [`attr_${i}`, (next) => often(next, ["", "-", "unknown"], [0.9, 0.08, 0.02])];
    case 5:
    case 6:
      return [`enum_${i}`, (next) => often(next, enumValues, [0.8, 0.1, 0.05, 0.03, 0.01, 0.01])];
    case 7:
      return [
        `code_${i}`,
        (next) => often(next, ["0", "1", "2", "403", "500"], [0.9, 0.04, 0.03, 0.02, 0.01]),
      ];
    case 8:
      return [`device_${i}`, (_, row) => `Mozilla/5.0 (X11; Linux) build ${Math.floor(row / 4000) % 50}`];
    default:
      return [`product_${i}`, () => "vendor-product-1.2.3"];
  }
}

/** Writes a CSV file of 450 columns and at least so many bytes, where it isn't there yet. */
export function wideCsv(path: string, bytes: number): void {
  if (existsSync(path) && statSync(path).size >= bytes) return;
  const makers = Object.entries(named);
  while (makers.length < columns) makers.push(filler(makers.length));
  const next = random(7);
  const partial = `${path}.partial`;
  const file = openSync(partial, "w");
  let written = writeSync(file, `${makers.map(([name]) => name).join(",")}\n`);
  for (let row = 0; written < bytes;) {
    const lines: string[] = [];
    for (const end = row + 500; row < end; row++) {
      lines.push(makers.map(([, make]) => make(next, row)).join(","));
    }
    written += writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
  renameSync(partial, path);
}
