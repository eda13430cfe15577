// Joins beyond the plain one: lateral ones and nearest rows.
import type { Expression } from "../connect/generated/expressions_pb.js";
import { type JoinType, type Relation, relationOver } from "./relation.ts";

export function lateralJoin(
  left: Relation,
  right: Relation,
  joinType: JoinType,
  joinCondition?: Expression,
): Relation {
  const value = { left, right, joinCondition, joinType };
  return relationOver(joinCondition ? [joinCondition] : [], { case: "lateralJoin", value });
}

export interface NearestByJoinArguments {
  readonly left: Relation;
  readonly right: Relation;
  readonly rankingExpression: Expression;
  readonly numResults: number;
  readonly joinType: string;
  readonly mode: string;
  readonly direction: string;
}

export function nearestByJoin(value: NearestByJoinArguments): Relation {
  return relationOver([value.rankingExpression], { case: "nearestByJoin", value });
}
