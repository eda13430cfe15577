import type { Expression } from "../../connect/generated/expressions_pb.js";
import { withParts } from "./with-parts.ts";

/** The body of a lambda with values in place of its variables. */
export function applied(lambda: Expression, values: readonly Expression[]): Expression {
  if (lambda.exprType.case !== "lambdaFunction") return lambda;
  const { function: body, arguments: variables } = lambda.exprType.value;
  const named = new Map(variables.map(({ nameParts }, i) => [nameParts.join("."), values[i]]));
  return replaced(body, named) as Expression;
}

function replaced(part: unknown, named: ReadonlyMap<string, Expression>): unknown {
  if (typeof part !== "object" || part === null || part instanceof Uint8Array) return part;
  if (Array.isArray(part)) return part.map((each) => replaced(each, named));
  const { exprType } = part as Expression;
  if (exprType?.case === "unresolvedNamedLambdaVariable") {
    return named.get(exprType.value.nameParts.join(".")) ?? part;
  }
  return withParts(part, (_, inner) => replaced(inner, named));
}
