import { describe, expect, test } from "vitest";
import type { Expression } from "../../plan/expression.ts";
import type { Column } from "../column.ts";
import { Decimal } from "../decimal.ts";
import { Timestamp } from "../timestamp.ts";
import * as F from "./index.ts";

const untyped = F as unknown as Record<string, (...args: unknown[]) => Column>;

describe("functions refuse before anything is sent, and name the argument", () => {
  test.each<[string, unknown[], string]>([
    ["upper", [], 'upper takes a column or its name for `col`, not nothing.\nPass a name, "host"'],
    ["upper", [5], "upper takes a column or its name for `col`, not 5 (number).\nPass a name"],
    ["upper", [""], "upper takes a column or its name for `col`, not '' (empty text).\nPass a name"],
    ["upper", [null], "upper takes a column or its name for `col`, not null (null).\nPass a name"],
    [
      "upper",
      [true],
      "A column was expected, not true: JavaScript compared the two sides itself.\nCompare with",
    ],
    [
      "lpad",
      ["s", "5", "#"],
      "lpad takes a number for `len`, not '5' (string).\nPass a number, 5, or a Column",
    ],
    ["lpad", ["s", 5], "lpad takes text for `pad`, not nothing.\nPass text"],
    [
      "repeat",
      ["s", {}],
      "repeat takes a number, a column or its name for `n`, not {} (Object).\nPass a number",
    ],
    ["first", ["s", 1], "first takes a boolean for `ignorenulls`, not 1 (number).\nPass true or false."],
    [
      "percentile",
      ["n", "0.5"],
      "percentile takes a number or an array of numbers for `percentage`, not '0.5' (string).\nPass a",
    ],
    [
      "percentile",
      ["n", [0.5, "x"]],
      "percentile takes a number or an array of numbers for `percentage`, not [ 0.5, 'x' ] (Array).\n",
    ],
    ["listagg", ["s", 5], "listagg takes text or bytes for `delimiter`, not 5 (number).\nPass text"],
    ["arrayContains", ["a"], "arrayContains takes a value for `value`, not nothing.\nPass a constant"],
    [
      "toJson",
      ["s", "x"],
      "toJson takes an object of options for `options`, not 'x' (string).\nPass an object",
    ],
    [
      "toJson",
      ["s", { a: [] }],
      'toJson takes text, a number or a boolean for `options["a"]`, not [] (Array).\nLeave the option out',
    ],
    ["fromJson", ["s", 5], "fromJson takes a schema for `schema`, not 5 (number).\nPass DDL"],
    [
      "transform",
      ["a", "x"],
      "transform takes a function for `f`, not 'x' (string).\nPass an arrow function of 1 or 2 Columns: (x) => x.plus(1).",
    ],
    [
      "transform",
      ["a", () => F.lit(1)],
      "transform takes a function of 1 or 2 arguments for `f`, not of 0.\nPass an arrow function",
    ],
    [
      "zipWith",
      ["a", "b", (x: Column) => x],
      "zipWith takes a function of 2 arguments for `f`, not of 1.\nPass an arrow function of 2 Columns: (x, y) => x.plus(y).",
    ],
    [
      "transform",
      ["a", (_x: Column) => 1],
      "transform takes a Column for `f()`, not 1 (number).\nGive back a Column; a constant is lit(1).",
    ],
    ["greatest", ["a"], "greatest takes at least 2, not 1.\nPass 2 or more"],
    ["jsonTuple", ["a"], "jsonTuple takes at least 1, not 0.\nPass 1 or more"],
    [
      "sha2",
      ["s", 255],
      "sha2 takes one of 0, 224, 256, 384, 512 for `numBits`, not 255 (number).\nPass one of 0, 224",
    ],
    [
      "mask",
      ["s", { upper: "x" }],
      "mask has no argument `upper` that can be given by name.\nThose that can: upperChar, lowerChar",
    ],
    ["when", [true, 1], "when takes a Column for `condition`, not true (boolean).\nPass a comparison"],
    ["col", [5], 'col takes a column\'s name for `name`, not 5 (number).\nPass one: col("host").'],
    ["expr", [5], "expr takes SQL for `str`, not 5 (number).\nPass it as text"],
    [
      "callFunction",
      [""],
      "callFunction takes a function's name for `funcName`, not '' (empty text).\nPass one",
    ],
    ["broadcast", [5], "broadcast() was given 5.\nPass the small side"],
    [
      "window",
      ["t", 5],
      'window takes a duration as text for `windowDuration`, not 5 (number).\nPass one: "10 minutes".',
    ],
    [
      "makeTimestamp",
      [{ date: "d", years: "y" }],
      "makeTimestamp takes years to secs, or date and time, not some of both.\nPass makeTimestamp(",
    ],
    [
      "makeTimestamp",
      ["y", "m"],
      "makeTimestamp takes a column or its name for `days`, not nothing.\nPass a name",
    ],
    [
      "makeTimestampNtz",
      [{ timezone: "z" }],
      "makeTimestampNtz has no argument `timezone`.\nThose there are: years",
    ],
  ])("%s(%j)", (name, args, message) => {
    expect(() => untyped[name](...args)).toThrow(expect.objectContaining({ name: "PlanError" }) as Error);
    expect(() => untyped[name](...args)).toThrow(message);
  });
});

describe("lit", () => {
  test.each<[string, unknown, string, unknown]>([
    ["text", "x", "string", "x"],
    ["an int", -(2 ** 31), "integer", -(2 ** 31)],
    ["a bigint of a number", 2 ** 31, "long", 2n ** 31n],
    ["a bigint", 5n, "long", 5n],
    ["a double", 1.5, "double", 1.5],
    ["minus zero", -0, "double", -0],
    ["a boolean", false, "boolean", false],
    ["microseconds", new Timestamp(1_500_001n), "timestamp", 1_500_001n],
    ["a Date", new Date(1500), "timestamp", 1_500_000n],
    ["bytes", new Uint8Array([1]), "binary", new Uint8Array([1])],
  ])("keeps %s", (_title, value, kind, kept) => {
    expect(literalOf(F.lit(value).expression)).toEqual([kind, kept]);
  });

  test("keeps every digit of a decimal", () => {
    const [kind, value] = literalOf(F.lit(new Decimal("12345678901234567890.123")).expression);
    expect([kind, (value as { value: string }).value]).toEqual(["decimal", "12345678901234567890.123"]);
  });

  test("makes arrays, maps and structs, nested, of functions", () => {
    expect(shape(F.lit([1, [2, null]]).expression)).toBe("array(1, array(2, null))");
    expect(shape(F.lit(new Map([["a", [true]]])).expression)).toBe("map(a, array(true))");
    expect(shape(F.lit({ a: 1, b: F.col("n") }).expression)).toBe("named_struct(a, 1, b, n)");
    expect(shape(F.lit([]).expression)).toBe("array()");
  });

  test("gives a Column back as it is", () => {
    const column = F.col("n");
    expect(F.lit(column)).toBe(column);
  });

  test.each([
    [Symbol("x"), "No SQL constant stands for a symbol.\nPass a string"],
    [() => 1, "No SQL constant stands for a function.\nPass a string"],
    [new Set(), "No SQL constant stands for a Set.\nPass a string"],
    [new Date(Number.NaN), "No SQL constant stands for an invalid Date.\nPass a valid one"],
    [10n ** 38n, `${10n ** 38n} has 39 digits; SQL numbers have at most 38.\nPass it as a string.`],
  ])("refuses %s", (value, message) => {
    expect(() => F.lit(value)).toThrow(message);
  });
});

describe("optional arguments", () => {
  test("come by name or by position, and null leaves one out", () => {
    const expected = "mask(s, X, *, n, null)";
    expect(shape(F.mask("s", { lowerChar: F.lit("*") }).expression)).toBe(expected);
    expect(shape(F.mask("s", null, F.lit("*")).expression)).toBe(expected);
    expect(shape(F.lag("n", { default: 0 }).expression)).toBe("lag(n, 1, 0)");
    expect(shape(F.btrim("s").expression)).toBe("btrim(s)");
  });

  test("a seed that isn't given is drawn, another one for each call", () => {
    const [one, two] = [shape(F.rand().expression), shape(F.rand().expression)];
    expect(one).toMatch(/^rand\(\d+\)$/);
    expect(one).not.toBe(two);
    expect(shape(F.rand(7).expression)).toBe("rand(7)");
  });
});

test("variables of lambdas have names of their own, also in one another", () => {
  const text = shape(F.transform("a", (x) => F.transform("b", (y) => y.plus(x))).expression);
  const [, outer, inner] =
    /^transform\(a, (x_\d+) -> transform\(b, (x_\d+) -> \+\((?:x_\d+), (?:x_\d+)\)\)\)$/.exec(text)!;
  expect(outer).not.toBe(inner);
  expect(text).toContain(`+(${inner}, ${outer})`);
});

test("count counts rows for *, by name and as a Column", () => {
  expect(shape(F.count("*").expression)).toBe("count(*)");
  expect(shape(F.count(F.col("*")).expression)).toBe("count(1)");
});

test("typeof is there under its name, and as typeOf for imports", () => {
  expect(F.typeof).toBe(F.typeOf);
});

function literalOf({ exprType }: Expression): [string | undefined, unknown] {
  if (exprType.case !== "literal") throw new Error(`a ${exprType.case}`);
  return [exprType.value.literalType.case, exprType.value.literalType.value];
}

function shape({ exprType }: Expression): string {
  switch (exprType.case) {
    case "literal":
      return exprType.value.literalType.case === "null" ? "null" : String(exprType.value.literalType.value);
    case "unresolvedAttribute":
      return exprType.value.unparsedIdentifier;
    case "unresolvedStar":
      return "*";
    case "unresolvedFunction":
      return `${exprType.value.functionName}(${exprType.value.arguments.map(shape).join(", ")})`;
    case "unresolvedNamedLambdaVariable":
      return exprType.value.nameParts.join(".");
    case "lambdaFunction":
      return `${exprType.value.arguments.map((each) => each.nameParts[0]).join(", ")} -> ${shape(exprType.value.function!)}`;
    default:
      throw new Error(`a ${exprType.case}`);
  }
}
