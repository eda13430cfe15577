// Names the columns there are when an engine only says that one is missing.
import type { ConnectClient } from "../connect/client.ts";
import { sqlContext } from "../connect/describe-failure.ts";
import { AnalysisException } from "../connect/exceptions.ts";
import { SparkError } from "../connect/spark-error.ts";
import { inputsOf } from "../plan/inputs.ts";
import { readTable, type Relation } from "../plan/relation.ts";
import { closeNames } from "./close-names.ts";
import { quoted } from "./identifier.ts";
import { schemaFromMessage } from "./schema-from-message.ts";

const missing = /attribute ObjectName\(\[(.*?)\]\) is missing from the schema|Cannot find column (.+)/;

/** Whether the engine didn't find a column. */
export function isUnresolvedColumn(error: unknown): boolean {
  return error instanceof SparkError && missing.test(error.message);
}

/**
 * An engine's error about a column as Spark words it: the name, the columns there are, and the close ones.
 * Other errors are given back as they are.
 */
export async function explainUnresolvedColumn(
  client: ConnectClient,
  relation: Relation,
  error: unknown,
): Promise<unknown> {
  const found = error instanceof SparkError ? missing.exec(error.message) : null;
  if (!found) return error;
  const parts = found[2] ? [found[2]] : namesIn(found[1]);
  const name = parts.join(".");
  const using = found[2] ? await unresolvedUsing(client, relation, name, error) : undefined;
  if (using) return using;
  const names = await columnsBelow(client, inputsNamed(relation));
  const known = names.length > 0 ? ` in [${shorten(names)}]` : "";
  const remedy = !names.includes(name)
    ? closeNames(name, names)
    : parts.length > 1
      ? `A dot leads into a struct: write a column with dots in its name in backticks, ${JSON.stringify(quoted(name))}.`
      : `The one given belongs to another DataFrame: name it by its name alone, or join the two first.`;
  const text = relation.relType.case === "sql" ? relation.relType.value.query : undefined;
  const place = text === undefined ? undefined : sqlContext(text, name);
  const marked = place ? `\n${place.summary}` : "";
  return new AnalysisException(`UNRESOLVED_COLUMN: no column \`${name}\`${known}.\n${remedy}${marked}`, {
    queryContexts: place ? [place] : [],
    errorClass: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    sqlState: "42703",
    cause: error,
  });
}

function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"/g), (match) => JSON.parse(match[0]) as string);
}

// A join by names needs them on both sides: says which one lacks it.
async function unresolvedUsing(
  client: ConnectClient,
  relation: Relation,
  name: string,
  cause: unknown,
): Promise<AnalysisException | undefined> {
  const { relType } = relation;
  if (relType.case === "join" && relType.value.usingColumns.includes(name)) {
    for (const side of ["left", "right"] as const) {
      const names = await columnsBelow(client, [relType.value[side]!]);
      if (names.includes(name)) continue;
      return new AnalysisException(
        `UNRESOLVED_USING_COLUMN_FOR_JOIN: the ${side} side of the join has no column \`${name}\` in [${shorten(names)}].\n` +
          closeNames(name, names),
        { errorClass: "UNRESOLVED_USING_COLUMN_FOR_JOIN", sqlState: "42703", cause },
      );
    }
  }
  for (const input of inputsOf(relation)) {
    const found = await unresolvedUsing(client, input, name, cause);
    if (found) return found;
  }
  return undefined;
}

// The columns of the nearest inputs that the engine can resolve: it is above them that the name is missing.
async function columnsBelow(client: ConnectClient, inputs: readonly Relation[]): Promise<string[]> {
  const names = await Promise.all(
    inputs.map(async (input) => {
      try {
        return schemaFromMessage(await client.schema(input)).names;
      } catch {
        return columnsBelow(client, inputsNamed(input));
      }
    }),
  );
  return [...new Set(names.flat())];
}

function inputsNamed(relation: Relation): Relation[] {
  const { relType } = relation;
  if (relType.case !== "sql") return inputsOf(relation);
  const tables = relType.value.query.matchAll(/\b(?:from|join)\s+([\w.`]+)/gi);
  return Array.from(tables, (match) => readTable(match[1]));
}

function shorten(names: readonly string[]): string {
  return names.length <= 20
    ? names.join(", ")
    : `${names.slice(0, 20).join(", ")}, and ${names.length - 20} more`;
}
