// The doc comment of a function: Spark's own words from its registry, our parameters, an example that is tested.
import { own } from "./own-words.ts";
import type { Registry } from "./spark-registry.ts";
import type { Kind, Parameter, Signature } from "./signature.ts";

const width = 118;

const ofKind: Readonly<Record<Kind, string>> = {
  Column: "a column or its name",
  Columns: "columns or their names, one after another or in one array",
  ColumnOrNumber: "a number, or a column or its name",
  Number: "a number, or a Column",
  Numbers: "a number or an array of numbers, or a Column",
  Text: "text, or a Column",
  TextOrBytes: "text or bytes, or a Column",
  Boolean: "true or false, or a Column",
  Value: "a constant as `lit` takes them, or a Column",
  Options: "options by name",
  Schema: "a schema as DDL, `host string, port int`, as a data type, or as a Column",
  Lambda: "a function of Columns that gives a Column",
};

/** @param example a call with its data, as TypeScript */
export function docComment(signature: Signature, registry: Registry, example: string): string {
  const entry = registry[signature.sparkName];
  const usage = own[signature.pyspark.name] ?? (entry ? usageOf(entry.usage, signature) : undefined);
  if (!usage)
    throw new Error(`${signature.pyspark.name} isn't in Spark's registry: say what it gives in own-words.ts`);
  const described = entry ? argumentsOf(entry.extended, entry.usage) : [];
  const lines = [
    ...wrap(usage, ""),
    ...signature.parameters.flatMap((parameter, i) => {
      const position = signature.order.indexOf(i);
      return wrap(
        `@param ${parameter.variable} ${told(parameter, described[position], signature, entry?.usage)}`,
        "  ",
      );
    }),
    "@example",
    ...example.split("\n"),
    ...(signature.pyspark.deprecated ? ["@deprecated use the one of `partitioning`"] : []),
    `@see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.functions.${signature.pyspark.name}.html`,
  ];
  return ["/**", ...lines.map((line) => ` * ${line.replaceAll("*/", "*\\/")}`.trimEnd()), " */"].join("\n");
}

function told(
  parameter: Parameter,
  described: string | undefined,
  signature: Signature,
  usage?: string,
): string {
  const type = ofKind[parameter.kind];
  const several = parameter.isVariadic && parameter.kind === "Column" ? "columns or their names" : type;
  const meaning = described
    ? `${several}: ${usage ? renamed(described, usage, signature) : described}`
    : several;
  if (!parameter.isOptional) return meaning;
  const fallback = parameter.fallback
    ?.replace(/^lit\((.*)\)$/, "$1")
    .replace(/^new Decimal\("(.*)"\)$/, "$1");
  const otherwise =
    fallback === undefined || fallback === "null"
      ? "may be left out"
      : fallback === "randomSeed()"
        ? "drawn at random where it is left out"
        : `default: ${fallback}`;
  return `${meaning}; ${otherwise}`;
}

function usageOf(usage: string, signature: Signature): string {
  const text = clean(usage.replace(/^[\s\S]*?\)\s*(?:WITHIN GROUP[\s\S]*?\)\s*)?(?:-|–)\s+/, ""));
  // Of other forms of the call only what they give.
  const forms = text.replaceAll(/(?<=[.] )\w+\([^)]*\) - (?=[A-Z])/g, "");
  return sentence(renamed(forms, usage, signature));
}

// Spark's names of the arguments by position, which our parameters' names stand for.
function renamed(text: string, usage: string, { order, parameters }: Signature): string {
  const theirs = namesOf(usage);
  return text.replace(/`(\w+)`/g, (whole, name: string) => {
    const parameter = parameters[order[theirs.indexOf(name)] ?? -1];
    return theirs.includes(name) && parameter && !parameter.isVariadic ? `\`${parameter.variable}\`` : whole;
  });
}

function namesOf(usage: string): string[] {
  const inside = /^\w+\(([^)]*)\)/.exec(usage)?.[1] ?? "";
  return inside
    .replace(/[[\]]/g, " ")
    .split(",")
    .map((name) => name.trim());
}

function argumentsOf(extended: string, usage: string): string[] {
  const block = /^\s*Arguments:\n([\s\S]*?)(?:\n\s*(?:Examples|Note|Notes|Since|Deprecated):|$)/.exec(
    extended,
  )?.[1];
  if (!block) return [];
  const told = new Map(
    block.split(/\n\s*(?=\* \w+ - )/).map((part): [string, string] => {
      const [, name, text] = /^\s*\* (\w+) - ([\s\S]*)$/.exec(part) ?? [];
      return [
        name,
        clean(text ?? "")
          .replace(/ \* /g, "; ")
          .replace(/\.$/, ""),
      ];
    }),
  );
  return namesOf(usage).map((name) => {
    const text = told.get(name) ?? "";
    return text.length > 300 ? text.slice(0, text.indexOf(". ", 40) + 1).replace(/\.$/, "") : text;
  });
}

function clean(text: string): string {
  return text
    .replace(/<br\s*\/?>/g, " ")
    .replace(/<a href="([^"]*)">([^<]*)<\/a>/g, "[$2]($1)")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function sentence(text: string): string {
  const capital = `${text[0].toUpperCase()}${text.slice(1)}`;
  return /[.!:)]$/.test(capital) ? capital : `${capital}.`;
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - 3)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `${indent}${word}`);
  }
  return lines;
}
