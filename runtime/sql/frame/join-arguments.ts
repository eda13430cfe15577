// The arguments of join, lateralJoin and nearestByJoin.
import { PlanError } from "../../connect/plan-error.ts";
import { call, type Expression } from "../../plan/expression.ts";
import { JoinType } from "../../plan/relation.ts";
import { argumentError } from "../argument-error.ts";
import { checkCount } from "../check-count.ts";
import { Column } from "../column.ts";
import { joinTypeOf } from "../join-type.ts";
import { keywordArguments } from "../keyword-arguments.ts";

export interface JoinArguments {
  readonly type: JoinType;
  readonly using?: string[];
  readonly condition?: Expression;
}

/** `join(other, on, how)`, without the other side. */
export function joinArguments(args: readonly unknown[]): JoinArguments {
  const { on, how } = keywordArguments("join", ["on", "how"], args);
  const type = joinTypeOf((how ?? "inner") as string);
  if (on === undefined || on === null) return { type };
  if (typeof on === "string") return { type, using: [on] };
  const list: unknown[] = on instanceof Column ? [on] : Array.isArray(on) ? on : [undefined];
  if (list.length === 0) return { type };
  if (list.every((each) => typeof each === "string" && each !== "")) return { type, using: list as string[] };
  if (list.every((each) => each instanceof Column)) {
    const condition = list.map((each) => each.expression).reduce((all, each) => call("and", [all, each]));
    return { type, condition };
  }
  if (typeof on === "boolean") {
    throw new PlanError(
      `join() was given ${on}: JavaScript compared the two columns itself.`,
      'Compare with a method: left.join(right, left.col("id").eq(right.col("id")))',
    );
  }
  throw argumentError("join", on, 'a name, names, or conditions: df.join(other, ["id", "day"])', "on");
}

const lateralTypes = new Set([JoinType.INNER, JoinType.LEFT_OUTER, JoinType.CROSS]);

/** `lateralJoin(other, on, how)`, without the other side. */
export function lateralArguments(args: readonly unknown[]): { type: JoinType; condition?: Expression } {
  const { on, how } = keywordArguments("lateralJoin", ["on", "how"], args);
  const type = joinTypeOf((how ?? "inner") as string);
  if (!lateralTypes.has(type)) {
    throw argumentError("lateralJoin", how, '"inner", "left" or "cross"', "how");
  }
  if (on === undefined || on === null) return { type };
  if (on instanceof Column) return { type, condition: on.expression };
  throw argumentError("lateralJoin", on, 'a condition: df.lateralJoin(other, col("a").eq(col("b")))', "on");
}

const nearestNames = ["rankingExpression", "numResults", "mode", "direction", "joinType"] as const;

/** `nearestByJoin(other, rankingExpression, numResults, mode, direction, joinType)`, without the other side. */
export function nearestArguments(args: readonly unknown[]) {
  const given = keywordArguments("nearestByJoin", nearestNames, args);
  const { rankingExpression, numResults, mode, direction, joinType = "inner" } = given;
  if (!(rankingExpression instanceof Column)) {
    const remedy = "a Column to rank by, such as a distance of the two sides";
    throw argumentError("nearestByJoin", rankingExpression, remedy, "rankingExpression");
  }
  const count = checkCount(numResults as number, "nearestByJoin");
  if (count < 1 || count > 100_000) {
    throw argumentError("nearestByJoin", numResults, "a number from 1 to 100000", "numResults");
  }
  return {
    rankingExpression: rankingExpression.expression,
    numResults: count,
    mode: oneOf(mode, "mode", ["approx", "exact"]),
    direction: oneOf(direction, "direction", ["distance", "similarity"]),
    joinType: oneOf(joinType, "joinType", ["inner", "left", "leftouter", "left_outer"]),
  };
}

function oneOf(value: unknown, name: string, choices: readonly string[]): string {
  if (typeof value === "string" && choices.includes(value.toLowerCase())) return value;
  throw argumentError("nearestByJoin", value, choices.map((choice) => `"${choice}"`).join(" or "), name);
}
