// Makes the sample for lake.ipynb of what scanners and intelligence services publish:
//   node examples/data/make-lake-sample.ts FOLDER
// FOLDER holds nessus-cvssv3.nessus, nessus-many.nessus, mitre-ics-attack.stix.json and cisa-kev.json.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface StixObject {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
}
interface KnownExploited {
  readonly product: string;
  readonly knownRansomwareCampaignUse: string;
}

const folder = process.argv[2];
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const write = (name: string, text: string) => writeFileSync(join(import.meta.dirname, name), text);

// Nine tenths of a report are the numbers of the plugins that the scan could have run: they are left out.
for (const [from, to] of [
  ["nessus-cvssv3.nessus", "web-server.nessus"],
  ["nessus-many.nessus", "firewall.nessus"],
]) {
  const xml = read(from);
  const policy = /<policyName>.*?<\/policyName>/.exec(xml)![0];
  const report = xml.slice(xml.indexOf("<Report "));
  write(to, `<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Policy>${policy}</Policy>\n${report}`);
}

// Techniques, who uses them, and what they target among the kinds of assets in assets.csv.
const kinds = new Set([
  "Workstation",
  "Human-Machine Interface (HMI)",
  "Data Historian",
  "Application Server",
]);
const types = new Set(["attack-pattern", "malware", "intrusion-set", "identity", "marking-definition"]);
const bundle = JSON.parse(read("mitre-ics-attack.stix.json")) as { id: string; objects: StixObject[] };
const things = bundle.objects.filter(
  ({ type, name }) => types.has(type) || (type === "x-mitre-asset" && kinds.has(name!)),
);
const ids = new Set(things.map(({ id }) => id));
const relationships = bundle.objects.filter(
  (object) => object.type === "relationship" && ids.has(object.source_ref!) && ids.has(object.target_ref!),
);
const objects = [...things, ...relationships].map((object) => JSON.stringify(object));
write(
  "ics-attack.stix.json",
  `{"type":"bundle","id":"${bundle.id}","objects":[\n${objects.join(",\n")}\n]}\n`,
);

const catalog = JSON.parse(read("cisa-kev.json")) as { vulnerabilities: KnownExploited[] };
const { vulnerabilities, ...rest } = catalog;
const exploited = vulnerabilities
  .filter(({ product, knownRansomwareCampaignUse: use }) => use === "Known" || product === "PHP")
  .map((entry) => JSON.stringify(entry));
const head = JSON.stringify({ ...rest, count: exploited.length }).slice(0, -1);
write("known-exploited.json", `${head},"vulnerabilities":[\n${exploited.join(",\n")}\n]}\n`);

console.log(
  `${things.length} things and ${relationships.length} relationships, ${exploited.length} exploited`,
);
