import type { XmlElement } from "@rgrove/parse-xml";
import type { JsonValue } from "./event.ts";
import { nessusField } from "./nessus-value.ts";
import { childElements } from "./read-xml.ts";
import { snakeCase } from "./snake-case.ts";

/** A host of a report, as its findings show it. */
export interface NessusHost {
  /** Columns of every event of the host. */
  readonly fields: ReadonlyMap<string, JsonValue>;
  /** What only the host's first event has: bulky, and not asked for by finding. */
  readonly properties: readonly { name: string; value: string }[];
}

/** One with a number or a hash for a part, as `traceroute-hop-3`. */
const numbered = /(^|[-_:.])(\d+|[0-9a-f]{8,})($|[-_:.])/i;
const maxLength = 1024;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What a ReportHost says of the host itself. */
export function nessusHost(host: XmlElement): NessusHost {
  const properties: { name: string; value: string }[] = [];
  const fields = new Map<string, JsonValue>();
  if (host.attributes.name !== undefined) fields.set("host", host.attributes.name);
  const tags = childElements(host, "HostProperties")
    .flatMap((element) => childElements(element, "tag"))
    .map((tag) => ({ name: tag.attributes.name ?? "", value: tag.text.trim() }));
  const byName = new Map(tags.map(({ name, value }) => [name, value]));
  const cpe: string[] = [];
  for (const { name, value } of tags) {
    const snake = snakeCase(name);
    const column = snake.startsWith("host_") ? snake : `host_${snake}`;
    if (/^cpe(-\d+)?$/.test(name)) cpe.push(value);
    else if (/^HOST_(START|END)_TIMESTAMP$/.test(name)) continue;
    else if (/^HOST_(START|END)$/.test(name)) {
      fields.set(column, isoTime(value, byName.get(`${name}_TIMESTAMP`)));
    } else if (numbered.test(name) || value.length > maxLength || fields.has(column)) {
      properties.push({ name, value });
    } else fields.set(...nessusField(column, [value]));
  }
  for (const name of ["HOST_START", "HOST_END"]) {
    const stamp = byName.get(`${name}_TIMESTAMP`);
    if (stamp && !byName.has(name)) fields.set(snakeCase(name), isoTime("", stamp));
  }
  if (cpe.length) fields.set(...nessusField("host_cpe", cpe));
  return { fields, properties };
}

/** The wall clock of the scanner has no zone and is read as UTC, unless the report has the epoch time too. */
function isoTime(wallClock: string, epochSeconds: string | undefined): string {
  if (epochSeconds && /^\d{1,10}$/.test(epochSeconds)) return iso(Number(epochSeconds) * 1000);
  const [, month, day, time, year] =
    /^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(wallClock) ?? [];
  const ms = Date.parse(
    `${year}-${String(months.indexOf(month) + 1).padStart(2, "0")}-${day?.padStart(2, "0")}T${time}Z`,
  );
  return Number.isNaN(ms) ? wallClock || (epochSeconds ?? "") : iso(ms);
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
