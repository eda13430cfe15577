import type { Expression, Expression_UnresolvedFunction } from "../../connect/generated/expressions_pb.js";

/** What stands for a call on Sail; undefined = the call itself. */
export type CallRule = (
  args: readonly Expression[],
  called: Expression_UnresolvedFunction,
) => Expression | undefined;

export type CallRules = Readonly<Record<string, CallRule>>;

/** The text of a constant; undefined for all else. */
export function textOf(expression: Expression | undefined): string | undefined {
  const constant =
    expression?.exprType.case === "literal" ? expression.exprType.value.literalType : undefined;
  return constant?.case === "string" ? constant.value : undefined;
}

/** The number that a constant is; undefined for all else. */
export function numberOf(expression: Expression | undefined): number | undefined {
  const constant =
    expression?.exprType.case === "literal" ? expression.exprType.value.literalType : undefined;
  switch (constant?.case) {
    case "byte":
    case "short":
    case "integer":
    case "long":
    case "float":
    case "double":
      return Number(constant.value);
    case "decimal":
      return Number(constant.value.value);
    default:
      return undefined;
  }
}

/** The options of a call, `map("mode", "FAILFAST")`, by their names in small letters. */
export function optionsOf(expression: Expression | undefined): ReadonlyMap<string, string | undefined> {
  if (expression?.exprType.case !== "unresolvedFunction") return new Map();
  const { functionName, arguments: args } = expression.exprType.value;
  if (functionName !== "map") return new Map();
  const pairs: [string, string | undefined][] = [];
  for (let i = 0; i + 1 < args.length; i += 2)
    pairs.push([textOf(args[i])?.toLowerCase() ?? "", textOf(args[i + 1])]);
  return new Map(pairs);
}
