// What the embedded engine has under other names: plans of the same meaning for it.
import {
  alias,
  attribute,
  cast,
  call,
  literal,
  type Expression,
  sqlText,
  windowExpression,
} from "../../plan/expression.ts";
import { expressionText } from "../../plan/expression-text.ts";
import { aggregate, project, type Relation, sort } from "../../plan/relation.ts";

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
    const value = `CAST(${column} AS double)`;
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
