import { PlanError } from "../connect/plan-error.ts";
import { argumentError } from "./argument-error.ts";
import { JoinType as Type } from "../plan/relation.ts";

const types = {
  inner: Type.INNER,
  cross: Type.CROSS,
  outer: Type.FULL_OUTER,
  full: Type.FULL_OUTER,
  fullouter: Type.FULL_OUTER,
  full_outer: Type.FULL_OUTER,
  left: Type.LEFT_OUTER,
  leftouter: Type.LEFT_OUTER,
  left_outer: Type.LEFT_OUTER,
  right: Type.RIGHT_OUTER,
  rightouter: Type.RIGHT_OUTER,
  right_outer: Type.RIGHT_OUTER,
  semi: Type.LEFT_SEMI,
  leftsemi: Type.LEFT_SEMI,
  left_semi: Type.LEFT_SEMI,
  anti: Type.LEFT_ANTI,
  leftanti: Type.LEFT_ANTI,
  left_anti: Type.LEFT_ANTI,
};

/** How rows are joined, by Spark's names. */
export type JoinType = keyof typeof types;

/** @throws PlanError for a name that isn't one */
export function joinTypeOf(name: string): Type {
  if (typeof name !== "string")
    throw argumentError("join", name, 'text: df.join(other, "id", "left")', "how");
  const key = name.toLowerCase().replaceAll("_", "");
  if (Object.hasOwn(types, key)) return types[key as JoinType];
  throw new PlanError(`No join is called "${name}".`, "Use inner, cross, outer, left, right, semi or anti.");
}
