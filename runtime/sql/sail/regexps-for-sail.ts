import { call, cast, literal } from "../../plan/expression.ts";
import { type CallRule, type CallRules, numberOf, textOf } from "./call-rule.ts";
import { javaPattern, javaReplacement } from "./java-pattern.ts";

// Only constants can be translated.
function translated(name: string): CallRule {
  return ([text, pattern, ...more]) => {
    const written = textOf(pattern);
    if (written === undefined) return undefined;
    const said = javaPattern(written);
    return said === written ? undefined : call(name, [text, literal(said), ...more]);
  };
}

const split: CallRule = (args, called) => {
  const [text, pattern, limit] = args;
  // Sail gives an empty text before the first character and after the last.
  if (textOf(pattern) === "" && (limit === undefined || (numberOf(limit) ?? 1) <= 0)) {
    const characters = call("regexp_extract_all", [text, literal("(?s)."), literal(0)]);
    return call("if", [call("==", [text, literal("")]), call("array", [text]), characters]);
  }
  return translated("split")(args, called);
};

const replace: CallRule = (args) => {
  const [text, pattern, replacement, ...more] = args;
  const [written, by] = [textOf(pattern), textOf(replacement)];
  const said = written === undefined ? pattern : literal(javaPattern(written));
  const saidBy = by === undefined ? replacement : literal(javaReplacement(by));
  const isSame =
    (written === undefined || textOf(said) === written) && (by === undefined || textOf(saidBy) === by);
  return isSame ? undefined : call("regexp_replace", [text, said, saidBy, ...more]);
};

// Sail's is bigint.
const count: CallRule = (args, called) => {
  const made = translated("regexp_count")(args, called) ?? call("regexp_count", [...args]);
  return cast(made, "int");
};

/** Functions on regular expressions: Sail's are Rust's, where \w, \d and \s know all of Unicode. */
export const regexpsForSail: CallRules = {
  ...Object.fromEntries(
    [
      "regexp",
      "regexp_extract",
      "regexp_extract_all",
      "regexp_instr",
      "regexp_like",
      "regexp_substr",
      "rlike",
    ].map((name) => [name, translated(name)]),
  ),
  regexp_count: count,
  regexp_replace: replace,
  split,
};
