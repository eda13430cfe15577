import { call, cast, type Expression, literal } from "../../plan/expression.ts";
import { lambda, lambdaVariable } from "../../plan/lambda.ts";
import type { CallRule, CallRules } from "./call-rule.ts";
import { numberOf } from "./call-rule.ts";

/** Sail's estimate is off by 0.81 % where it is off as much as can be expected. */
const sailsDeviation = 0.0081;

// Sail gives a double between two values; Spark one of the values, of their type.
const percentile: CallRule = ([value, shares]) => {
  const sorted = call("array_sort", [call("array_compact", [call("collect_list", [value])])]);
  const share = numberOf(shares);
  if (share !== undefined) return at(sorted, literal(share + 0));
  const isList =
    (shares?.exprType.case === "unresolvedFunction" && shares.exprType.value.functionName === "array") ||
    (shares?.exprType.case === "literal" && shares.exprType.value.literalType.case === "array");
  if (!isList) return undefined;
  const each = lambdaVariable("share");
  // No list where there are no values.
  const list = call("transform", [shares, lambda(at(sorted, each), [each])]);
  return call("if", [call("==", [call("size", [sorted]), literal(0)]), literal(null), list]);
};

function at(sorted: Expression, share: Expression): Expression {
  const rank = call("ceil", [call("*", [cast(share, "double"), call("size", [sorted])])]);
  return call("try_element_at", [sorted, cast(call("greatest", [literal(1), rank]), "int")]);
}

/** Aggregate functions, where Sail differs. In a window {@link windowForSail} makes something else of them. */
export const aggregatesForSail: CallRules = {
  approx_count_distinct: ([value, deviation]) => {
    if (!deviation) return undefined;
    const allowed = numberOf(deviation);
    return allowed !== undefined && allowed >= sailsDeviation
      ? call("approx_count_distinct", [value])
      : call("count", [value], true);
  },
  approx_percentile: percentile,
  percentile_approx: percentile,
};
