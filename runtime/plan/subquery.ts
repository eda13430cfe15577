// Subqueries: expressions that stand for the result of another plan, which travels beside the one that uses them.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Expression,
  ExpressionSchema,
  type SubqueryExpression,
  SubqueryExpression_SubqueryType as SubqueryType,
  SubqueryExpressionSchema,
} from "../connect/generated/expressions_pb.js";
import type { Relation } from "../connect/generated/relations_pb.js";

export { SubqueryType };

type Details = Pick<
  MessageInitShape<typeof SubqueryExpressionSchema>,
  "tableArgOptions" | "inSubqueryValues"
>;

/** The plan that each subquery stands for: the message holds its id only. */
const plans = new WeakMap<SubqueryExpression, Relation>();
let hasAny = false;

/** An expression for the result of a plan. */
export function subquery(input: Relation, subqueryType: SubqueryType, details: Details = {}): Expression {
  hasAny = true;
  const value = create(SubqueryExpressionSchema, {
    ...details,
    planId: input.common?.planId,
    subqueryType,
  });
  plans.set(value, input);
  return create(ExpressionSchema, { exprType: { case: "subqueryExpression", value } });
}

/** The plans of the subqueries in expressions, in the order that they stand there, one for each place. */
export function subqueriesIn(expressions: readonly Expression[]): Relation[] {
  const found: Relation[] = [];
  // Most programs have none, and walking every expression of a long plan takes a while.
  if (hasAny) for (const expression of expressions) collect(expression, found);
  return found;
}

function collect(value: unknown, found: Relation[]): void {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
  const plan = plans.get(value as SubqueryExpression);
  if (plan) found.push(plan);
  for (const part of Object.values(value)) collect(part, found);
}
