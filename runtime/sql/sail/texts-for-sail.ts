import { call, literal } from "../../plan/expression.ts";
import { type CallRule, type CallRules, numberOf } from "./call-rule.ts";

// Counted from the end, Spark begins before the text where it is too short; Sail at its beginning.
const part: CallRule = ([text, from, length], { functionName }) => {
  const start = numberOf(from);
  if (!length || (start !== undefined && start >= 0)) return undefined;
  const before = call("+", [call("length", [text]), from]);
  const cut = call("greatest", [literal(0), call("+", [call("least", [literal(0), before]), length])]);
  const fromEnd = call("if", [call("<", [before, literal(0)]), cut, length]);
  const taken = start === undefined ? call("if", [call("<", [from, literal(0)]), fromEnd, length]) : fromEnd;
  return call(functionName, [text, from, taken]);
};

/** Functions on text, where Sail differs. */
export const textsForSail: CallRules = {
  substr: part,
  substring: part,
};
