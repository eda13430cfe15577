// Plans as JSON that two clients can be compared by: without what differs from one making to the next.
import { createHash } from "node:crypto";
import { compactSchema } from "./compact-schema.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Longer ones are kept as their hash. */
const longest = 60_000;

/**
 * A plan message in canonical form: keys in order; plan ids numbered as they appear, and left out where nothing refers to
 * them; call sites and the data of local relations left out; lambdas' variables numbered.
 */
export function normalisePlan(plan: unknown): unknown {
  const sorted = sortKeys(plan as Json);
  const counts = new Map<string, number>();
  countIds(sorted, counts);
  const shared = [...counts].filter(([, count]) => count > 1).map(([id]) => id);
  const numbers = new Map(shared.map((id, i) => [id, i + 1]));
  const result = strip(sorted, { numbers, variables: new Map() });
  const text = JSON.stringify(result);
  if (text.length <= longest) return result;
  return `sha256 ${createHash("sha256").update(text).digest("hex")}`;
}

interface Names {
  readonly numbers: ReadonlyMap<string, number>;
  readonly variables: Map<string, string>;
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  // JSON has no other way to keep it.
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]): [string, Json] => [key, sortKeys(part)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function idsOf(key: string, part: Json): string[] {
  if (key === "planId") return [String(part)];
  return key === "planIds" && Array.isArray(part) ? part.map(String) : [];
}

function countIds(value: Json, counts: Map<string, number>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const id of idsOf(key, part)) counts.set(id, (counts.get(id) ?? 0) + 1);
    countIds(part, counts);
  }
}

function strip(value: Json, names: Names): Json {
  if (Array.isArray(value)) return value.map((part) => strip(part, names));
  if (typeof value !== "object" || value === null) return value;
  const entries: [string, Json][] = [];
  for (const [key, part] of Object.entries(value)) {
    const stripped = stripField(key, part, names);
    if (stripped !== undefined) entries.push([key, stripped]);
  }
  return Object.fromEntries(entries);
}

function stripField(key: string, part: Json, names: Names): Json | undefined {
  const fields = part as { [key: string]: Json };
  switch (key) {
    case "planId":
      return names.numbers.get(String(part));
    case "planIds":
      return (part as Json[]).map((id) => names.numbers.get(String(id)) ?? 0);
    case "common": {
      const common = strip({ planId: fields.planId ?? null }, names) as { [key: string]: Json };
      return Object.keys(common).length > 0 ? common : undefined;
    }
    case "isMetadataColumn":
      // pyspark says false, which is what its absence means.
      return part === false ? undefined : part;
    case "collation":
      // The default, which pyspark names.
      return part === "UTF8_BINARY" ? undefined : part;
    case "metadata":
      // JSON as text, with spaces or without.
      return typeof part === "string" ? sortKeys(JSON.parse(part) as Json) : strip(part, names);
    case "localRelation":
      return fields.schema ? { schema: schemaOf(fields.schema as string) } : {};
    case "unresolvedNamedLambdaVariable":
      return { nameParts: [variable((fields.nameParts as string[])[0], names)] };
    default:
      // The variables that a lambda declares.
      if (key === "arguments" && Array.isArray(part) && part.every(isVariable)) {
        return part.map((one) => ({ nameParts: [variable(one.nameParts[0], names)] }));
      }
      return strip(part, names);
  }
}

function isVariable(value: Json): value is { nameParts: string[] } {
  return typeof value === "object" && value !== null && "nameParts" in value;
}

function variable(name: string, { variables }: Names): string {
  if (!variables.has(name)) variables.set(name, `v${variables.size}`);
  return variables.get(name)!;
}

function schemaOf(text: string): Json {
  return text.startsWith("{") ? (compactSchema(JSON.parse(text)) as Json) : text;
}

/** What stands in a golden for a seed that pyspark draws by chance. */
export const drawn = "drawn by chance";

/** One of two makings of a plan, with {@link drawn} where they differ. */
export function markDrawn(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.map((part, i) => markDrawn(part, other[i]));
  }
  if (isObject(one) && isObject(other) && String(Object.keys(one)) === String(Object.keys(other))) {
    return Object.fromEntries(Object.entries(one).map(([key, part]) => [key, markDrawn(part, other[key])]));
  }
  return one === other ? one : drawn;
}

/** Our plan with {@link drawn} where the recorded one has it. */
export function maskDrawn(ours: unknown, recorded: unknown): unknown {
  if (recorded === drawn && (typeof ours === "string" || typeof ours === "number")) return drawn;
  if (Array.isArray(ours) && Array.isArray(recorded)) {
    return ours.map((part, i) => maskDrawn(part, recorded[i]));
  }
  if (isObject(ours) && isObject(recorded)) {
    return Object.fromEntries(
      Object.entries(ours).map(([key, part]) => [key, maskDrawn(part, recorded[key])]),
    );
  }
  return ours;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
