// Values that can't be computed, met while a query runs.
import type { SailRule } from "./sail-rule.ts";
import { sailTypeName } from "./sail-type-name.ts";

export const valueRules: readonly SailRule[] = [
  {
    pattern: /^(?:divi(?:de|sion) by zero|divide by zero error)$/i,
    errorClass: "DIVIDE_BY_ZERO",
    say: () => "division by zero.\nUse try_divide(a, b) to get null instead.",
  },
  {
    pattern: /^(?:Parser error: )?Invalid timezone "(.*)": /,
    errorClass: "INVALID_CONF_VALUE.TIME_ZONE",
    say: ([, zone]) =>
      `"${zone}" is no time zone.\n` +
      'Name a region or hours from UTC: await spark.conf.set("spark.sql.session.timeZone", "Europe/Berlin")',
  },
  {
    // Rows carry their type as JSON; one that it can't read, Sail takes for struct<…> in SQL.
    pattern:
      /^(?:Parser error: )?Unable to get root as message: DepthLimitReached|^error in SQL parser: found \{ at 7:8 expected identifier, or '>'$/,
    errorClass: "UNSUPPORTED_FEATURE",
    say: () =>
      "Sail doesn't read rows whose type nests deeper than about 60 arrays or 40 structs.\n" +
      "Keep the inner part as text, JSON.stringify(value), and read it with from_json().",
  },
  {
    pattern: /^Remainder by zero$/i,
    errorClass: "REMAINDER_BY_ZERO",
    say: () => "the remainder of a division by zero.\nUse try_mod(a, b) to get null instead.",
  },
  {
    pattern: /^Cannot cast string '(.*)' to value of (\w+) type$/is,
    errorClass: "CAST_INVALID_INPUT",
    say: ([, value, type]) =>
      `the text "${value}" is no ${sailTypeName(type)}.\n` +
      `Use try_cast(column AS ${sailTypeName(type)}) to get null instead.`,
  },
  {
    pattern: /^Can't cast value (\S+) to type (\w+)$/i,
    errorClass: "CAST_OVERFLOW",
    say: ([, value, type]) =>
      `${value} doesn't fit in ${sailTypeName(type)}.\n` +
      `Take a larger type, or try_cast(column AS ${sailTypeName(type)}) to get null instead.`,
  },
  {
    pattern:
      /^(\S+) is too (?:large|small) to store in a Decimal\d+ of precision (\d+)|^Cannot cast to Decimal\d+\((\d+, -?\d+)\)\. Overflowing on (\S+)/,
    errorClass: "NUMERIC_VALUE_OUT_OF_RANGE",
    say: ([, value, precision, type, other]) =>
      `${value ?? other} doesn't fit in ${type ? `decimal(${type})` : `a decimal of ${precision} digits`}.\n` +
      "Take more digits, as in decimal(38,2), or try_cast(column AS type) to get null instead.",
  },
  {
    pattern: /^Overflow (?:happened|while) .+|^\w+ overflow on .+/i,
    errorClass: "ARITHMETIC_OVERFLOW",
    say: ([what]) =>
      `${what}.\nCast to a larger type first, or use try_add(), try_multiply() and the like to get null instead.`,
  },
  {
    pattern: /^element_at: the index 0 is invalid/,
    errorClass: "INVALID_INDEX_OF_ZERO",
    say: () => "element_at() has no index 0.\nThe first element is 1, the last -1; getItem() counts from 0.",
  },
  {
    pattern: /^element_at: the index is out of bounds/,
    errorClass: "INVALID_ARRAY_INDEX_IN_ELEMENT_AT",
    say: () =>
      "element_at() was asked for more than an array has.\nUse try_element_at() to get null instead.",
  },
  {
    pattern: /Found unmasked nulls for non-nullable StructArray field "key"/,
    errorClass: "NULL_MAP_KEY",
    say: () => "a map's key is null.\nFilter the nulls out, or give them a value with coalesce().",
  },
  {
    pattern:
      /^(?:Year|Month|Day) value '.*' is out of range|^Unable to parse date from .+|^invalid input for Spark `make_\w+`: .+|^make_time: .+/,
    errorClass: "DATETIME_FIELD_OUT_OF_BOUNDS",
    say: ([what]) =>
      `there is no such date or time: ${what}.\nCheck the numbers, or use try_make_timestamp() to get null instead.`,
  },
  {
    pattern: /.*datetime field at byte offset \d+|^invalid parsed date: .+/,
    errorClass: "CANNOT_PARSE_TIMESTAMP",
    say: ([what]) =>
      `a text isn't as the pattern says: ${what}.\nUse try_to_timestamp() or try_to_date() to get null instead.`,
  },
  {
    pattern: /^invalid datetime pattern: (.+)/,
    errorClass: "INVALID_DATETIME_PATTERN",
    say: ([, what]) =>
      `the pattern isn't understood: ${what}.\nUse letters as in "yyyy-MM-dd HH:mm:ss", and quotes around other text.`,
  },
  {
    pattern: /^Illegal input for day of week: (.*)/,
    errorClass: "ILLEGAL_DAY_OF_WEEK",
    say: ([, day]) => `"${day}" is no day of the week.\nPass one as in "Mon" or "MONDAY".`,
  },
  {
    pattern: /^(?:Regular expression did not compile|regex parse error)[:\s]*(.*)/s,
    errorClass: "INVALID_PARAMETER_VALUE",
    say: ([, what]) =>
      `the regular expression isn't understood: ${what.split("\n").at(-1)!.trim() || "a syntax error"}.\n` +
      "Put a backslash before ( ) [ ] { } * + ? . that stand for themselves.",
  },
  {
    pattern:
      /Expects group index between .+|Unsupported charset .+|Key length must be .+|^\w+: position \S+ is out of bounds.*/,
    errorClass: "INVALID_PARAMETER_VALUE",
    say: ([what]) => `${what.replace(/\.$/, "")}.\nPass an argument that the function knows.`,
  },
  {
    pattern: /^Spark `decode` function: (.+)/s,
    errorClass: "MALFORMED_CHARACTER_CODING",
    say: ([, what]) =>
      `bytes aren't text of that character set: ${what}.\nName the one they are in, or use try_validate_utf8().`,
  },
  {
    pattern: /^Invalid percent-encoding: (.+)/,
    errorClass: "CANNOT_DECODE_URL",
    say: ([, what]) => `a text isn't URL-encoded: ${what}.\nUse try_url_decode() to get null instead.`,
  },
  {
    pattern: /^String '(.*)' does not match the expected regex pattern/s,
    errorClass: "INVALID_FORMAT",
    say: ([, text]) => `"${text}" isn't as the number format says.\nUse try_to_number() to get null instead.`,
  },
  {
    pattern: /^Scalar subquery returned more than one row/i,
    errorClass: "SCALAR_SUBQUERY_TOO_MANY_ROWS",
    say: () =>
      "a subquery that stands for one value gave several rows.\nAggregate it, as in max(n), or add LIMIT 1.",
  },
  {
    pattern: /^'(.+)' is not true!$/s,
    errorClass: "USER_RAISED_EXCEPTION",
    say: ([, condition]) =>
      `assert_true() met a row where it isn't so: ${condition}.\nFilter such rows out first.`,
  },
];
