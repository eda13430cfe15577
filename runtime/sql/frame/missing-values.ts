// The arguments of fillna, dropna and replace.
import { PlanError } from "../../connect/plan-error.ts";
import { doubleLiteral, type Expression, literalValue, longLiteral } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { dropNa, fillNa, replace, type Replacement } from "../../plan/relation-na.ts";
import { namedOnSail } from "./on-sail.ts";
import { argumentError, shown } from "../argument-error.ts";
import { nameArguments } from "../text-argument.ts";
import { isPlainObject, keywordArguments } from "../keyword-arguments.ts";

type Make = (input: Relation) => Relation;
type Literal = Extract<Expression["exprType"], { case: "literal" }>["value"];

const fillRemedy = 'text, a number or a boolean, or an object of them by column: df.fillna({ host: "none" })';

/** `fillna(value, subset)`. */
export function filled(args: readonly unknown[], isOnSail: boolean): Make {
  const [value, ...rest] = args;
  const { subset } = keywordArguments("fillna", ["subset"], rest);
  if (!isPlainObject(value)) {
    const names = subset === undefined || subset === null ? [] : namesOf("fillna", subset);
    const fill = fillLiteral(value);
    return named(isOnSail, names, (input, cols) => fillNa(input, cols, [fill]));
  }
  const entries = Object.entries(value);
  if (entries.length === 0) throw argumentError("fillna", value, fillRemedy, "value");
  const fills = entries.map(([, each]) => fillLiteral(each));
  const names = entries.map(([name]) => name);
  return named(isOnSail, names, (input, cols) => fillNa(input, cols, fills));
}

function fillLiteral(value: unknown): Literal {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return longLiteral(value);
  if (typeof value === "number" && Number.isSafeInteger(value) && !Object.is(value, -0)) {
    return longLiteral(value);
  }
  if (typeof value === "number") return doubleLiteral(value);
  if (typeof value === "string" || typeof value === "boolean") return literalValue(value);
  throw argumentError("fillna", value, fillRemedy, "value");
}

/** `dropna(how, thresh, subset)`. */
export function withoutMissing(args: readonly unknown[], isOnSail: boolean): Make {
  const { how = "any", thresh, subset } = keywordArguments("dropna", ["how", "thresh", "subset"], args);
  if (how !== null && how !== "any" && how !== "all") {
    throw argumentError("dropna", how, '"any" or "all": df.dropna("all")', "how");
  }
  let minNonNulls = how === "all" ? 1 : undefined;
  if (thresh !== undefined && thresh !== null) {
    if (!Number.isInteger(thresh) || Math.abs(thresh as number) >= 2 ** 31) {
      throw argumentError("dropna", thresh, "a number of values: df.dropna({ thresh: 2 })", "thresh");
    }
    minNonNulls = thresh as number;
  }
  const names = subset === undefined || subset === null ? [] : namesOf("dropna", subset);
  return named(isOnSail, names, (input, cols) => dropNa(input, cols, minNonNulls));
}

const replaceRemedy =
  'values of one kind: df.replace(["a", "b"], ["x", null]), df.replace({ a: "x" }), df.replace(new Map([[1, 10]]))';

/** `replace(to_replace, value, subset)`. */
export function replaced(args: readonly unknown[], isOnSail: boolean): Make {
  const [toReplace, ...rest] = args;
  const isTable = toReplace instanceof Map || isPlainObject(toReplace);
  const { value, subset } = keywordArguments("replace", ["value", "subset"], rest);
  const pairs = isTable ? tableOf(toReplace) : pairsOf(toReplace, value, rest.length > 0);
  checkKinds(pairs);
  const replacements = pairs.map(([from, to]): Replacement => [replaceLiteral(from), replaceLiteral(to)]);
  const names = subset === undefined || subset === null ? [] : namesOf("replace", subset);
  return named(isOnSail, names, (input, cols) => replace(input, cols, replacements));
}

// The keys of an object are always text: where every value is a number or a boolean, so is every key.
function tableOf(table: unknown): [unknown, unknown][] {
  if (table instanceof Map) return [...(table as Map<unknown, unknown>)];
  const entries = Object.entries(table as Record<string, unknown>);
  const values = entries.map(([, to]) => to).filter((to) => to !== null);
  const are = (type: string) => values.length > 0 && values.every((to) => typeof to === type);
  if (are("number") && entries.every(([from]) => from.trim() !== "" && !Number.isNaN(Number(from)))) {
    return entries.map(([from, to]) => [Number(from), to]);
  }
  if (are("boolean") && entries.every(([from]) => from === "true" || from === "false")) {
    return entries.map(([from, to]) => [from === "true", to]);
  }
  return entries;
}

function pairsOf(toReplace: unknown, value: unknown, isGiven: boolean): [unknown, unknown][] {
  if (!isGiven || value === undefined) {
    throw new PlanError("replace() was given no value to put in place.", `Pass ${replaceRemedy}`);
  }
  const from: unknown[] = Array.isArray(toReplace) ? toReplace : [toReplace];
  if (!Array.isArray(value)) return from.map((each) => [each, value]);
  if (!Array.isArray(toReplace) || from.length !== value.length) {
    throw new PlanError(
      `replace() was given ${from.length} values to replace and ${value.length} to put in place.`,
      "Pass as many of both, or one value for all.",
    );
  }
  return from.map((each, i) => [each, value[i] as unknown]);
}

function checkKinds(pairs: readonly (readonly [unknown, unknown])[]): void {
  const kindOf = (value: unknown) => (typeof value === "bigint" ? "number" : typeof value);
  const kind = pairs.length > 0 ? kindOf(pairs[0][0]) : "nothing";
  const isFit =
    ["string", "number", "boolean"].includes(kind) &&
    pairs.every(([from, to]) => kindOf(from) === kind && (to === null || kindOf(to) === kind));
  if (isFit) return;
  const given = pairs.slice(0, 3).map(([from, to]) => `${shown(from)} by ${shown(to)}`);
  throw new PlanError(
    `replace() can't replace ${given.join(", ") || "nothing"}: text, numbers and booleans don't mix.`,
    `Pass ${replaceRemedy}`,
  );
}

function replaceLiteral(value: unknown): Literal {
  return typeof value === "number" || typeof value === "bigint"
    ? doubleLiteral(Number(value))
    : literalValue(value);
}

function named(
  isOnSail: boolean,
  names: readonly string[],
  make: (input: Relation, names: readonly string[]) => Relation,
): Make {
  return (input) => (isOnSail ? namedOnSail(input, names, make) : make(input, names));
}

function namesOf(method: string, subset: unknown): string[] {
  return nameArguments(method, subset, 'names of columns: { subset: ["host", "port"] }', "subset");
}
