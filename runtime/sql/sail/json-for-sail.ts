import { call, type Expression, literal } from "../../plan/expression.ts";
import { notOnSail } from "../not-on-sail.ts";
import { type CallRules, optionsOf, textOf } from "./call-rule.ts";

const matches = (text: Expression, pattern: string) => call("rlike", [text, literal(pattern)]);

/** Functions on JSON and addresses in text, where Sail differs. */
export const jsonForSail: CallRules = {
  // Sail makes a row of nulls of no text at all.
  from_json: ([text, ...more]) => {
    const options = optionsOf(more[1]);
    if (options.get("mode")?.toUpperCase() === "FAILFAST") {
      throw notOnSail('from_json() with mode "FAILFAST"; it gives null for what is no JSON');
    }
    const isEmpty = matches(text, "^\\s*$");
    return call("from_json", [call("if", [isEmpty, literal(null), text]), ...more]);
  },
  get_json_object: ([, path]) => {
    if (!textOf(path)?.includes("[*]")) return undefined;
    throw notOnSail(`[*] in the path of get_json_object(): ${textOf(path)}; from_json() gives the array`);
  },
  // Sail counts no elements where there is no array.
  json_array_length: ([text]) =>
    call("if", [matches(text, "^\\s*\\["), call("json_array_length", [text]), literal(null)]),
  to_json: ([, options]) => {
    if (optionsOf(options).get("ignorenullfields")?.toLowerCase() !== "false") return undefined;
    throw notOnSail("to_json() with ignoreNullFields false; it leaves out what is null");
  },
  parse_url: urlPart("parse_url"),
  try_parse_url: urlPart("try_parse_url"),
};

// Spark gives a parameter's value as it stands; Sail decodes it.
function urlPart(name: string) {
  return ([url, part, key]: readonly Expression[]): Expression | undefined => {
    if (!key || textOf(part) !== "QUERY") return undefined;
    const query = call(name, [url, part]);
    const pattern = call("concat", [literal("(&|^)"), key, literal("=([^&]*)")]);
    const found = call("regexp_extract", [query, pattern, literal(2)]);
    return call("if", [call("rlike", [query, pattern]), found, literal(null)]);
  };
}
