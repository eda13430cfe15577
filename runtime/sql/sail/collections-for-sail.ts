import { call, type Expression, extract, literal } from "../../plan/expression.ts";
import { lambda, lambdaVariable } from "../../plan/lambda.ts";
import type { CallRules } from "./call-rule.ts";
import { applied } from "./applied.ts";

/** An array made of another's elements. */
function transformed(array: Expression, name: string, make: (element: Expression) => Expression): Expression {
  const element = lambdaVariable(name);
  return call("transform", [array, lambda(make(element), [element])]);
}

const field = (from: Expression, name: string) => extract(from, literal(name));
const entriesOf = (map: Expression) => call("map_entries", [map]);

/** Functions on arrays and maps, where Sail differs. */
export const collectionsForSail: CallRules = {
  // Where the value isn't found and there are nulls, Spark doesn't know.
  array_contains: ([array, value]) => {
    const known = call("array_compact", [array]);
    const hasNulls = call("!=", [call("size", [known]), call("size", [array])]);
    const otherwise = call("if", [hasNulls, literal(null), literal(false)]);
    return call("or", [call("array_contains", [array, value]), otherwise]);
  },
  zip_with: ([left, right, merge]) => {
    // Without a name of their own, the pair's fields are called 0 and 1.
    const pairs = call("arrays_zip", [call("coalesce", [left]), call("coalesce", [right])]);
    return transformed(pairs, "pair", (pair) => applied(merge, [field(pair, "0"), field(pair, "1")]));
  },
  transform_values: ([map, change]) =>
    call("map_from_arrays", [
      call("map_keys", [map]),
      transformed(entriesOf(map), "entry", (entry) =>
        applied(change, [field(entry, "key"), field(entry, "value")]),
      ),
    ]),
  transform_keys: ([map, change]) =>
    call("map_from_arrays", [
      transformed(entriesOf(map), "entry", (entry) =>
        applied(change, [field(entry, "key"), field(entry, "value")]),
      ),
      call("map_values", [map]),
    ]),
  map_zip_with: ([left, right, merge]) => {
    const keys = call("array_union", [call("map_keys", [left]), call("map_keys", [right])]);
    const valueOf = (map: Expression, key: Expression) => call("try_element_at", [map, key]);
    const values = transformed(keys, "key", (key) =>
      applied(merge, [key, valueOf(left, key), valueOf(right, key)]),
    );
    return call("map_from_arrays", [keys, values]);
  },
};
