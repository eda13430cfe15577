// What the embedded engine has under other names: plans of the same meaning for it.
import {
  alias,
  attribute,
  cast,
  call,
  literal,
  longLiteral,
  type Expression,
  sqlText,
  windowExpression,
} from "../../plan/expression.ts";
import { expressionText } from "../../plan/expression-text.ts";
import { aggregate, filter, project, type Relation, sort } from "../../plan/relation.ts";
import { fillNa } from "../../plan/relation-na.ts";
import { nameParts, quoted, quotedName } from "../identifier.ts";

/** Each row's place in the whole, from 0. */
export function placeOnSail(): Expression {
  const order = call("monotonically_increasing_id", []);
  const number = windowExpression(call("row_number", []), [], [order]);
  return cast(call("-", [number, literal(1)]), "bigint");
}

/** The answer of `approxQuantile`, exact: a list for each column of values that are there, NaN and nulls left out. */
export function quantilesOnSail(
  input: Relation,
  columns: readonly string[],
  probabilities: readonly number[],
): Relation {
  if (probabilities.length === 0)
    return project(input, [
      call(
        "array",
        columns.map(() => call("array", [])),
      ),
    ]);
  const ranks = probabilities.map((share) => `${share}D`).join(", ");
  const lists = columns.map((column) => {
    const value = `CAST(${quotedName(column)} AS double)`;
    const known = `CASE WHEN isnan(${value}) THEN NULL ELSE ${value} END`;
    return sqlText(`coalesce(percentile_disc(array(${ranks})) WITHIN GROUP (ORDER BY ${known}), array())`);
  });
  return aggregate({ input, grouping: [], aggregates: [call("array", lists)] });
}

/** Two columns as `corr` and `cov` count them: doubles, and 0 for null. */
export function pairOnSail(input: Relation, pair: readonly [string, string]): Relation {
  const columns = pair.map((name, i) => {
    const value = call("coalesce", [cast(attribute(name), "double"), cast(literal(0), "double")]);
    return alias(value, `c${i}`);
  });
  return project(input, columns);
}

/** The keys of grouping sets: none, when the sets name them all in the same order, because Sail refuses both. */
export function keysOnSail(keys: Expression[], sets: readonly (readonly Expression[])[]): Expression[] {
  const named = [...new Set(sets.flat().map(expressionText))];
  return named.join() === keys.map(expressionText).join() ? [] : keys;
}

const statistics = {
  describe: ["count", "mean", "stddev", "min", "max"],
  summary: ["count", "mean", "stddev", "min", "25%", "50%", "75%", "max"],
};

/** What `describe` or `summary` gives, with its rows in the order of the statistics. */
export function inOrderOnSail(
  input: Relation,
  method: keyof typeof statistics,
  names: readonly string[] = [],
): Relation {
  const order = names.length > 0 && method === "summary" ? names : statistics[method];
  const places = call("array", order.map(literal));
  return sort(input, [call("array_position", [places, attribute("summary")])]);
}

/**
 * A relation about columns by name, as Spark understands the names: `` `a.b` `` is the column a.b, and one that isn't
 * there is an error. Sail takes backquotes for a part of the name, and says nothing of a name that it doesn't find.
 */
export function namedOnSail(
  input: Relation,
  names: readonly string[],
  make: (input: Relation, names: string[]) => Relation,
): Relation {
  const isAnyNull = names.map((name) => call("isnull", [attribute(name)]));
  const known = [...isAnyNull, literal(true)].reduce((left, right) => call("or", [left, right]));
  return make(names.length > 0 ? filter(input, known) : input, names.map(plainName));
}

function plainName(name: string): string {
  if (!name.startsWith("`")) return name;
  const parts = nameParts(name);
  return parts.length === 1 ? parts[0] : name;
}

/** What `crosstab` gives: Sail's own leaves nulls out, and orders the columns by chance. */
export function crosstabOnSail(input: Relation, col1: string, col2: string): Relation {
  const key = `${col1}_${col2}`;
  const text = (name: string) => call("coalesce", [cast(attribute(name), "string"), literal("null")]);
  const pairs = project(input, [
    alias(text(col1), key),
    alias(call("replace", [text(col2), literal("`"), literal("")]), "column"),
  ]);
  const counts = aggregate({
    input: pairs,
    grouping: [attribute(quoted(key))],
    aggregates: [call("count", [literal(1)])],
    pivot: { column: attribute("column") },
  });
  return fillNa(counts, [], [longLiteral(0n)]);
}
