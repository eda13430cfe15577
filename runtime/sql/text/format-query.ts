// `SELECT * FROM {df}`: what Python's str.format does for spark.sql(text, df=df), without pasting values into the text.
import { PlanError } from "../../connect/plan-error.ts";
import { closeNames } from "../close-names.ts";
import { DataFrame } from "../dataframe.ts";
import { type ComposedQuery, composeQuery } from "./compose-query.ts";
import { SqlIdentifier } from "./sql-identifier.ts";

/** What `{name}` in SQL text stands for: DataFrames, columns, and values as for `:name`. */
export type SqlFormats = Readonly<Record<string, unknown>>;

const field = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/**
 * Text with every `{name}` as what it stands for; `{df.n}` and `{df[n]}` are a column's name; `{{` is `{`.
 * @throws PlanError for a name that isn't given
 */
export function formatQuery(text: string, formats: SqlFormats): ComposedQuery {
  const pieces = [""];
  const values: unknown[] = [];
  const names: string[] = [];
  let from = 0;
  for (const match of text.matchAll(field)) {
    pieces[pieces.length - 1] += text.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === "{{" || match[0] === "}}") {
      pieces[pieces.length - 1] += match[0][0];
      continue;
    }
    if (match[1] === undefined) {
      throw new PlanError(
        `The "${match[0]}" at character ${match.index + 1} of the SQL has no other one.`,
        `Write "${match[0]}${match[0]}" for the character itself.`,
      );
    }
    values.push(valueOf(match[1], formats));
    names.push(match[0]);
    pieces.push("");
  }
  pieces[pieces.length - 1] += text.slice(from);
  return composeQuery(pieces, values, names);
}

function valueOf(inside: string, formats: SqlFormats): unknown {
  const [, name, column] =
    /^([^.[\]]*)(?:\.(.+)|\[(.+)\])?$/s.exec(inside)?.filter((part) => part !== undefined) ?? [];
  if (name === undefined || !Object.hasOwn(formats, name)) {
    const known = Object.keys(formats);
    throw new PlanError(
      `Nothing is given for {${inside}}; given are ${known.map((one) => `{${one}}`).join(", ") || "none"}.`,
      closeNames(name ?? inside, known) || `Pass it: spark.sql(text, undefined, { ${name || "df"} })`,
    );
  }
  const value = formats[name];
  if (column === undefined) return value;
  if (!(value instanceof DataFrame)) {
    throw new PlanError(
      `{${inside}} asks for a column of {${name}}, which is no DataFrame.`,
      "Pass a DataFrame there.",
    );
  }
  return new SqlIdentifier([column]);
}
