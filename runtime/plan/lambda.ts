// Functions over the elements of arrays and maps: `x -> x + 1`.
import { create } from "@bufbuild/protobuf";
import {
  type Expression,
  Expression_LambdaFunctionSchema,
  Expression_UnresolvedNamedLambdaVariableSchema,
  type Expression_UnresolvedNamedLambdaVariable,
  ExpressionSchema,
} from "../connect/generated/expressions_pb.js";

let count = 0;

/** A variable of a lambda under a name that no other has: lambdas may stand in one another. */
export function lambdaVariable(name: string): Expression {
  const value = create(Expression_UnresolvedNamedLambdaVariableSchema, { nameParts: [`${name}_${count++}`] });
  return create(ExpressionSchema, { exprType: { case: "unresolvedNamedLambdaVariable", value } });
}

/** @param variables those of {@link lambdaVariable} that the body speaks of */
export function lambda(body: Expression, variables: readonly Expression[]): Expression {
  const value = create(Expression_LambdaFunctionSchema, {
    function: body,
    arguments: variables.map(({ exprType }) => exprType.value as Expression_UnresolvedNamedLambdaVariable),
  });
  return create(ExpressionSchema, { exprType: { case: "lambdaFunction", value } });
}
