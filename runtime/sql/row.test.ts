import { expect, test } from "vitest";
import { Row, rowMaker } from "./row.ts";

test("asDict leaves rows within as they are, and with true makes plain objects of them, in arrays and maps too", () => {
  const inner = rowMaker(["a"])([1]);
  const row = rowMaker(["r", "list", "map", "n"])([inner, [inner, null], new Map([["k", inner]]), 2]);
  expect(row.asDict().r).toBe(inner);
  expect(row.asDict(true)).toStrictEqual({
    r: { a: 1 },
    list: [{ a: 1 }, null],
    map: new Map([["k", { a: 1 }]]),
    n: 2,
  });
});

test("a row is taken by name, by position and as a list; a column called 1 is itself", () => {
  const row = rowMaker(["host", "n", "n"])(["a", 1, 2]);
  const [host, ...rest] = row;
  expect([row.host, row[0], row[2], row[3], row.get(2), host, rest]).toEqual([
    "a",
    "a",
    2,
    undefined,
    2,
    "a",
    [1, 2],
  ]);
  expect(Object.keys(row)).toEqual(["host", "n"]);
  expect({ ...row }).toEqual({ host: "a", n: 1 });
  expect(`${row}`).toBe("Row(host='a', n=1, n=2)");
  const pivoted = rowMaker(["host", "1"])(["a", 10]);
  expect([pivoted[0], pivoted[1], pivoted["1"], pivoted.get(0)]).toEqual(["a", 10, 10, "a"]);
  expect(JSON.stringify(pivoted)).toBe('{"1":10,"host":"a"}');
});

test("a row is made by hand of names with values", () => {
  const row = new Row({ host: "a", get: 1, constructor: 2 });
  expect(row).toBeInstanceOf(Row);
  expect([row.host, row.get, row[2]]).toEqual(["a", 1, 2]);
  expect(row.asDict()).toEqual({ host: "a", get: 1, constructor: 2 });
  expect(() => new Row(["a"] as never)).toThrow(
    "A Row was given [ 'a' ] instead of columns.\nPass names with values: new Row({ host: \"a\", n: 1 })",
  );
});
