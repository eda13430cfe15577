import { expect, test } from "vitest";
import { alias, attribute, literal, sqlText } from "./expression.ts";
import { sqlQuery } from "./relation.ts";

test.each([
  ["a constant", () => literal("a\uD800b")],
  ["a column's name", () => attribute("\uDC00")],
  ["an alias", () => alias(literal(1), "x\uD800")],
  ["an expression in SQL", () => sqlText("'\uD800'")],
  ["a query", () => sqlQuery("SELECT '\uD800'")],
])("half of a surrogate pair in %s is refused, whole pairs are not", (_, make) => {
  expect(make).toThrow(
    /has half of a surrogate pair, which can't be sent\.\nMend it: text\.toWellFormed\(\)/,
  );
  expect(literal("🦊").exprType.value).toMatchObject({ literalType: { value: "🦊" } });
});
