// Makes the sample of real events beside this file, and ../file.csv:
//   node examples/data/make-sample.ts purplesharp-ad-playbook.ndjson.gz empire-wmic-add-user.ndjson.gz
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

interface WindowsEvent {
  readonly EventID: number;
  readonly EventTime?: string;
  readonly Hostname?: string;
  readonly Application?: string;
  readonly Image?: string;
  readonly DestPort?: string;
  readonly DestinationPort?: number | string;
  readonly DestAddress?: string;
  readonly DestinationIp?: string;
}

/** Process created, connection, process access, file created, logon, explicit credentials, special privileges, process created, share accessed, connection permitted. */
const kept = new Set([1, 3, 10, 11, 4624, 4648, 4672, 4688, 5140, 5156]);

const lines = process.argv
  .slice(2)
  .flatMap((file) => gunzipSync(readFileSync(file)).toString("utf8").split("\n").filter(Boolean));
const sample = lines.filter((line) => kept.has((JSON.parse(line) as WindowsEvent).EventID));
writeFileSync(
  join(import.meta.dirname, "windows-events.ndjson.gz"),
  gzipSync(`${sample.join("\n")}\n`, { level: 9 }),
);

const connections = lines.flatMap((line) => {
  const event = JSON.parse(line) as WindowsEvent;
  const path = event.EventID === 5156 ? event.Application : event.EventID === 3 ? event.Image : undefined;
  const port = event.DestPort ?? event.DestinationPort;
  if (!path || port === undefined) return [];
  const address = event.DestAddress ?? event.DestinationIp;
  return [[path.split("\\").at(-1)!.toLowerCase(), port, event.Hostname, address, event.EventTime].join(",")];
});
writeFileSync(join(import.meta.dirname, "..", "file.csv"), `${connections.join("\n")}\n`);
console.log(`${sample.length} events, ${connections.length} connections`);
