// The type of each field of a Nessus report goes by its name alone, so that a column keeps its type from report to report.
import type { JsonValue } from "./event.ts";

const lists = new Set(
  "bid cert cpe cve cwe edb_id host_cpe iava iavb iavt icsa msft mskb osvdb owasp rhsa secunia see_also tra xref".split(
    " ",
  ),
);
const booleans = new Set(
  (
    "default_account exploit_available exploited_by_malware exploited_by_nessus exploit_framework_canvas exploit_framework_core " +
    "exploit_framework_d2_elliot exploit_framework_exploithub exploit_framework_metasploit host_credentialed_scan in_the_news " +
    "unsupported_by_vendor"
  ).split(" "),
);
const integers = new Set(
  "host_operating_system_conf host_patch_summary_total_cves plugin_id port severity".split(" "),
);

/** Fields that are numbers with a fraction, also where a report happens to write them without one. */
export const nessusScores: readonly string[] = (
  "cvss_base_score cvss_temporal_score cvss_environmental_score cvss3_base_score cvss3_temporal_score " +
  "cvss3_environmental_score cvss4_base_score cvss4_threat_score cvss_v3_impact_score epss_score vpr_score"
).split(" ");
const scores = new Set(nessusScores);

/**
 * A field by its name: the typed value, or the text under `<name>__string` where it isn't what the name promises.
 * @param name in snake_case
 * @param texts as often as the report has it
 */
export function nessusField(name: string, texts: readonly string[]): [name: string, value: JsonValue] {
  if (lists.has(name)) return [name, unique(texts.flatMap((text) => text.split("\n")))];
  const text = unique(texts).join("\n");
  const value = typed(name, text);
  return value === undefined ? [`${name}__string`, text] : [name, value];
}

function typed(name: string, text: string): JsonValue | undefined {
  if (scores.has(name)) return text === "" ? null : toNumber(text, /^-?\d{1,9}(\.\d+)?$/);
  if (integers.has(name)) return text === "" ? null : toNumber(text, /^-?\d{1,15}$/);
  if (booleans.has(name)) return text === "" ? null : toBoolean(text.toLowerCase());
  if (name.endsWith("_date")) return text.replace(/^(\d{4})\/(\d\d)\/(\d\d)$/, "$1-$2-$3");
  return text;
}

function toNumber(text: string, shape: RegExp): number | undefined {
  return shape.test(text) ? Number(text) : undefined;
}

function toBoolean(text: string): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
}
