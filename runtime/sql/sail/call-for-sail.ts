import type { Expression, Expression_UnresolvedFunction } from "../../connect/generated/expressions_pb.js";
import { aggregatesForSail } from "./aggregates-for-sail.ts";
import { collectionsForSail } from "./collections-for-sail.ts";
import { datesForSail } from "./dates-for-sail.ts";
import { jsonForSail } from "./json-for-sail.ts";
import { numbersForSail } from "./numbers-for-sail.ts";
import { refusedOnSail } from "./refused-on-sail.ts";
import type { CallRule } from "./call-rule.ts";
import { regexpsForSail } from "./regexps-for-sail.ts";
import { textsForSail } from "./texts-for-sail.ts";

const rules = new Map<string, CallRule>(
  [
    aggregatesForSail,
    collectionsForSail,
    datesForSail,
    jsonForSail,
    numbersForSail,
    refusedOnSail,
    regexpsForSail,
    textsForSail,
  ].flatMap((group) => Object.entries(group)),
);

/** Calls that are sent as they are, but get the name that Spark gives their column. */
const onlyNamed = new Set(
  "like replace array_agg from_xml variant_get try_variant_get convert_timezone try_make_timestamp".split(
    " ",
  ),
);

/** A call of a function as Sail has it, its arguments being so already. */
export function callForSail(expression: Expression, called: Expression_UnresolvedFunction): Expression {
  const name = called.functionName.toLowerCase();
  if (called.isUserDefinedFunction) return expression;
  const rule = rules.get(name);
  const made = rule?.(called.arguments, called);
  if (made) return made;
  return onlyNamed.has(name) ? { ...expression } : expression;
}
