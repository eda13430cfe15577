import type { Expression, Expression_Window } from "../../connect/generated/expressions_pb.js";
import { SparkError } from "../../connect/spark-error.ts";
import { call } from "../../plan/expression.ts";

const ordered = new Set(
  "row_number rank dense_rank percent_rank cume_dist ntile lag lead nth_value".split(" "),
);

const lists = new Set(["collect_list", "collect_set", "array_agg"]);

/** A window as Sail has it, its parts being so already. @throws SparkError for a rank of rows in no order */
export function windowForSail(expression: Expression, window: Expression_Window): Expression {
  const { windowFunction, orderSpec } = window;
  const name = nameOf(windowFunction);
  if (name && ordered.has(name) && orderSpec.length === 0) {
    throw new SparkError(
      `WINDOW_FUNCTION_FRAME_NOT_ORDERED: ${name}() goes by the order of rows, and its window has none.\n` +
        'Give it one: Window.partitionBy("host").orderBy("time")',
      { errorClass: "WINDOW_FUNCTION_FRAME_NOT_ORDERED", sqlState: "42000" },
    );
  }
  const made = over(windowFunction!, window);
  return made === windowFunction ? expression : made;
}

// Sail's lists in windows have the nulls, and what Sail's aggregates are composed of here is made of lists.
function over(composed: Expression, window: Expression_Window): Expression {
  const { exprType } = composed;
  if (exprType.case === "cast") {
    const { value } = exprType;
    return { ...composed, exprType: { case: "cast", value: { ...value, expr: over(value.expr!, window) } } };
  }
  if (exprType.case === "lambdaFunction") {
    const { value } = exprType;
    const body = over(value.function!, window);
    return { ...composed, exprType: { case: "lambdaFunction", value: { ...value, function: body } } };
  }
  if (exprType.case !== "unresolvedFunction") return composed;
  if (lists.has(exprType.value.functionName)) {
    return call("array_compact", [
      { ...composed, exprType: { case: "window", value: { ...window, windowFunction: composed } } },
    ]);
  }
  const args = exprType.value.arguments.map((each) => over(each, window));
  if (args.every((each, i) => each === exprType.value.arguments[i])) return composed;
  return {
    ...composed,
    exprType: { case: "unresolvedFunction", value: { ...exprType.value, arguments: args } },
  };
}

function nameOf(expression: Expression | undefined): string | undefined {
  return expression?.exprType.case === "unresolvedFunction"
    ? expression.exprType.value.functionName
    : undefined;
}
