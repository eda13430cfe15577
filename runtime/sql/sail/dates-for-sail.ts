import { call, cast, type Expression, literal } from "../../plan/expression.ts";
import { type CallRule, type CallRules, textOf } from "./call-rule.ts";

const asInt: (name: string) => CallRule = (name) => (args) => cast(call(name, [...args]), "int");

// Sail cuts towards zero: an instant before 1970 would be in the next second.
function wholeUnits(time: Expression, micros: number): Expression {
  const count = call("unix_micros", [time]);
  const rest = call("pmod", [count, literal(micros)]);
  return call("div", [call("-", [count, rest]), literal(micros)]);
}

const field: CallRule = ([name, time], { functionName }) => {
  switch (textOf(name)?.toUpperCase()) {
    case "DOW":
    case "DAYOFWEEK":
      // Sail's begins at 0.
      return call("dayofweek", [time]);
    case "DOW_ISO":
    case "DAYOFWEEK_ISO":
      return call("+", [call("weekday", [time]), literal(1)]);
    default:
      return functionName === "date_part" ? undefined : call(functionName, [name, time]);
  }
};

/** Functions on dates and timestamps, where Sail differs. */
export const datesForSail: CallRules = {
  date_diff: asInt("date_diff"),
  datediff: asInt("datediff"),
  date_part: field,
  datepart: field,
  extract: field,
  try_to_date: ([text, format]) =>
    format ? cast(call("try_to_timestamp", [text, format]), "date") : cast(text, "date", true),
  unix_millis: ([time]) => wholeUnits(time, 1000),
  unix_seconds: ([time]) => wholeUnits(time, 1_000_000),
};
