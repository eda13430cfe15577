// Expressions as people read them.
import type { Expression, Expression_Literal } from "../connect/generated/expressions_pb.js";
import { SortDirection } from "./expression.ts";

const operators = new Set([
  "==",
  "<=>",
  ">",
  ">=",
  "<",
  "<=",
  "and",
  "or",
  "+",
  "-",
  "*",
  "/",
  "%",
  "&",
  "|",
  "^",
]);

/** An expression in short, near to SQL: for showing a Column, not for parsing. */
export function expressionText({ exprType }: Expression): string {
  switch (exprType.case) {
    case "unresolvedAttribute":
      return exprType.value.unparsedIdentifier;
    case "unresolvedStar":
      return exprType.value.unparsedTarget ?? "*";
    case "unresolvedRegex":
      return exprType.value.colName;
    case "expressionString":
      return exprType.value.expression;
    case "literal":
      return literalText(exprType.value);
    case "alias":
      return `${textOf(exprType.value.expr)} AS ${exprType.value.name.join(", ")}`;
    case "cast": {
      const { expr, castToType, evalMode } = exprType.value;
      const type = castToType.case === "typeStr" ? castToType.value : (castToType.value?.kind.case ?? "?");
      return `${evalMode === 3 ? "TRY_CAST" : "CAST"}(${textOf(expr)} AS ${type.toUpperCase()})`;
    }
    case "sortOrder":
      return `${textOf(exprType.value.child)} ${exprType.value.direction === SortDirection.DESCENDING ? "DESC" : "ASC"}`;
    case "unresolvedFunction":
      return callText(exprType.value.functionName, exprType.value.arguments, exprType.value.isDistinct);
    case "callFunction":
      return callText(exprType.value.functionName, exprType.value.arguments);
    case "unresolvedExtractValue":
      return `${textOf(exprType.value.child)}[${textOf(exprType.value.extraction)}]`;
    case "unresolvedNamedLambdaVariable":
      return exprType.value.nameParts.join(".");
    case "lambdaFunction": {
      const names = exprType.value.arguments.map(({ nameParts }) => nameParts.join("."));
      return `(${names.join(", ")}) -> ${textOf(exprType.value.function)}`;
    }
    case "window": {
      const { windowFunction, partitionSpec, orderSpec } = exprType.value;
      const orders = orderSpec.map(({ child }) => textOf(child)).join(", ");
      const parts = [
        ...(partitionSpec.length > 0 ? [`PARTITION BY ${partitionSpec.map(textOf).join(", ")}`] : []),
        ...(orders ? [`ORDER BY ${orders}`] : []),
      ];
      return `${textOf(windowFunction)} OVER (${parts.join(" ")})`;
    }
    default:
      return exprType.case ?? "?";
  }
}

function textOf(expression: Expression | undefined): string {
  return expression ? expressionText(expression) : "";
}

function callText(name: string, args: readonly Expression[], isDistinct = false): string {
  const texts = args.map(expressionText);
  if (args.length === 2 && operators.has(name)) return `(${texts[0]} ${name} ${texts[1]})`;
  return `${name}(${isDistinct ? "DISTINCT " : ""}${texts.join(", ")})`;
}

function literalText({ literalType }: Expression_Literal): string {
  const { case: type, value } = literalType;
  if (type === "null") return "NULL";
  if (type === "string") return `'${value}'`;
  if (type === "decimal") return value.value;
  return typeof value === "object" ? (type ?? "?") : String(value);
}
