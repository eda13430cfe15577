// STIX 2.1 and 2.0. What is added to each object is said at feeds.stix.
import type { Event, JsonValue } from "./event.ts";
import { FeedError } from "./feed-error.ts";
import { isEvent, whatIs } from "./json-records.ts";
import { readJson } from "./read-json.ts";

/** Properties whose keys anyone can choose: each would be a column. */
const dictionaries = [
  "additional_header_fields",
  "environment_variables",
  "exif_tags",
  "extensions",
  "ipfix",
  "objects",
  "startup_info",
];
const cvePattern = /^CVE-\d{4}-\d{4,}$/i;
const remedy = "Send a STIX 2.1 bundle, one STIX object or an envelope of TAXII 2.1 as a record's value.";

/**
 * The objects of a bundle, an envelope of TAXII 2.1, or one object alone; see `feeds.stix` for what is added to them.
 * @param value JSON in UTF-8
 * @throws FeedError when it isn't STIX, or one of its objects isn't
 */
export function parseStix(value: Uint8Array): Event[] {
  const root = readJson(value, (written) =>
    Number.isSafeInteger(Number(written)) ? Number(written) : exact(written),
  );
  if (!isEvent(root)) throw new FeedError(`The record is no STIX: it is ${whatIs(root)}.`, remedy);
  if (root.type === "bundle") return fromObjects(root.objects, root.spec_version);
  if (isObject(root)) return [toEvent(root, undefined)];
  // An envelope of TAXII 2.1 has no type, and without objects it is {}.
  const isEnvelope = Object.keys(root).every((name) => ["more", "next", "objects"].includes(name));
  if (isEnvelope) return fromObjects(root.objects, undefined);
  throw new FeedError(`The record is no STIX: it is ${whatIs(root)}.`, remedyFor(root));
}

function remedyFor(root: Event): string {
  const list = Object.keys(root).find((name) => Array.isArray(root[name]) && name !== "objects");
  return list === undefined
    ? remedy
    : `${remedy} For JSON of another kind: feeds.json({ records: ${JSON.stringify(list.slice(0, 60))} })`;
}

/** An integer beyond 2^53, and a number beyond what a double holds, as text; otherwise the nearest double. */
function exact(written: string): JsonValue {
  const value = Number(written);
  const isKept = /^-?\d+$/.test(written) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return isKept ? value : written;
}

function fromObjects(objects: JsonValue | undefined, specVersion: JsonValue | undefined): Event[] {
  if (objects === undefined) return [];
  if (!Array.isArray(objects)) {
    throw new FeedError(`The bundle's \`objects\` is ${whatIs(objects)}, not an array.`, remedy);
  }
  return objects.map((object, i) => {
    if (isEvent(object) && isObject(object)) return toEvent(object, specVersion);
    throw new FeedError(
      `\`objects[${i}]\` is no STIX object: it is ${whatIs(object)}.`,
      'Each needs a `type` and an `id` that begins with it, as "malware--…".',
    );
  });
}

function isObject(value: Event): boolean {
  const { type, id } = value;
  return typeof type === "string" && type !== "" && typeof id === "string" && id.startsWith(`${type}--`);
}

function toEvent(object: Event, specVersion: JsonValue | undefined): Event {
  const event = { ...object };
  for (const name of dictionaries) {
    const value = event[name];
    if (isEvent(value))
      event[name] = Object.entries(value).map(([key, child]) => ({ name: key, value: child }));
  }
  const references = Array.isArray(object.external_references)
    ? object.external_references.filter(isEvent)
    : [];
  const mitre = references.find(
    ({ source_name: source, external_id: id }) =>
      String(source).startsWith("mitre-") && typeof id === "string",
  );
  const cve = cvesOf(object, references);
  if (mitre) event.mitre_id ??= mitre.external_id;
  if (cve.length) event.cve ??= cve;
  if (specVersion !== undefined) event.spec_version ??= specVersion;
  return event;
}

function cvesOf(object: Event, references: readonly Event[]): string[] {
  const ids = references
    .filter(({ source_name: source }) => String(source).toLowerCase() === "cve")
    .map(({ external_id: id }) => id);
  if (object.type === "vulnerability") ids.push(object.name);
  return [
    ...new Set(
      ids
        .map(String)
        .filter((id) => cvePattern.test(id))
        .map((id) => id.toUpperCase()),
    ),
  ];
}
