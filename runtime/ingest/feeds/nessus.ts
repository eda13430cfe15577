// Nessus reports, version 2. What each field is called, and of what type, is said at feeds.nessus.
import type { XmlElement } from "@rgrove/parse-xml";
import type { Event, JsonValue } from "./event.ts";
import { FeedError } from "./feed-error.ts";
import { nessusHost, type NessusHost } from "./nessus-host.ts";
import { nessusItem } from "./nessus-item.ts";
import { childElements, readXml } from "./read-xml.ts";

/** Each finding repeats its host, so that a small report could become a huge one. */
const maxRepeated = 256 * 1024 * 1024;

/**
 * The findings of a report, with what is known of their hosts; see `feeds.nessus` for the fields.
 * @param value one whole .nessus file
 * @throws FeedError when it isn't one
 */
export function parseNessus(value: Uint8Array): Event[] {
  const root = readXml(value);
  if (root.name !== "NessusClientData_v2") throw wrongRoot(root.name);
  const reports = childElements(root, "Report");
  if (reports.length === 0) {
    throw new FeedError(
      "The record is a Nessus policy without a report.",
      "Export the scan's results as .nessus, not its policy.",
    );
  }
  const policyName = childElements(root, "Policy").flatMap((policy) =>
    childElements(policy, "policyName"),
  )[0];
  const events: Event[] = [];
  let repeated = 0;
  for (const report of reports) {
    const scan = new Map<string, JsonValue>();
    if (report.attributes.name !== undefined) scan.set("report_name", report.attributes.name);
    if (policyName) scan.set("policy_name", policyName.text.trim());
    for (const element of childElements(report, "ReportHost")) {
      const host = nessusHost(element);
      const items = childElements(element, "ReportItem");
      repeated += sizeOf(host.fields) * items.length;
      if (repeated > maxRepeated) throw tooMuch();
      events.push(...hostEvents(scan, host, items));
    }
  }
  return events;
}

function hostEvents(scan: Map<string, JsonValue>, host: NessusHost, items: XmlElement[]): Event[] {
  const findings = items.length ? items.map(nessusItem) : [new Map<string, JsonValue>()];
  return findings.map((finding, i) => {
    const first =
      i === 0 && host.properties.length ? [["host_properties", [...host.properties]] as const] : [];
    return Object.fromEntries([...scan, ...host.fields, ...first, ...finding]) as Event;
  });
}

function sizeOf(fields: ReadonlyMap<string, JsonValue>): number {
  let size = 0;
  for (const [name, value] of fields) size += name.length + String(value).length;
  return size;
}

function wrongRoot(name: string): FeedError {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return new FeedError(
    `The record's XML is <${shown}>, not a Nessus report (<NessusClientData_v2>).`,
    name === "NessusClientData"
      ? "It is of version 1; export the scan as .nessus (version 2)."
      : "Export the scan as .nessus (version 2), or send this to a topic with a feed of its own.",
  );
}

function tooMuch(): FeedError {
  return new FeedError(
    `The report's hosts say so much of themselves that its findings, which repeat it, would pass ${maxRepeated / 1048576} MiB.`,
    "Export fewer hosts at a time, and send each report as its own record.",
  );
}
