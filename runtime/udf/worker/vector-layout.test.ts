import { Float64, Int32, tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
import { expect, test } from "vitest";
import { columnValues } from "./column-values.ts";
import { isTable, isVector, layoutOf } from "./vector-layout.ts";

test("a vector of the wanted type is handed on as it lies", () => {
  const numbers = layoutOf(vectorFromArray([1, null, 3], new Int32()), "integer")!;
  expect([numbers.length, numbers.nullCount, numbers.buffers[0][0] & 7]).toEqual([3, 1, 0b101]);
  expect([...new Int32Array(numbers.buffers[1].slice().buffer)].filter((_, i) => i !== 1)).toEqual([1, 3]);
  const text = layoutOf(vectorFromArray(["é", "", "ab"], new Utf8()), "string")!;
  expect([...new Int32Array(text.buffers[1].slice().buffer)]).toEqual([0, 2, 2, 4]);
  expect(Buffer.from(text.buffers[2]).toString()).toBe("éab");
});

test("another type, a slice and several chunks aren't", () => {
  const numbers = vectorFromArray([1, 2, 3], new Float64());
  expect(layoutOf(numbers, "integer")).toBeUndefined();
  expect(layoutOf(vectorFromArray(["a", "b"]), "string")).toBeUndefined(); // a dictionary
  expect(layoutOf(numbers.concat(numbers), "double")).toBeUndefined();
  expect(layoutOf(vectorFromArray(["a", "b"], new Utf8()).slice(1), "string")).toBeUndefined();
});

test("vectors and tables are told from other values", () => {
  const table = tableFromArrays({ n: [1] });
  expect([isVector(table.getChildAt(0)), isTable(table), isVector(table), isTable(table.batches[0])]).toEqual(
    [true, true, false, true],
  );
  expect([isVector([1]), isVector(null), isTable({}), isTable(undefined)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("values are those of rows, for slices and other than ASCII text too", () => {
  const text = vectorFromArray(["ab", "漢字", "", "😀"], new Utf8());
  expect(Array.from(columnValues(text))).toEqual(["ab", "漢字", "", "😀"]);
  expect(Array.from(columnValues(text.slice(1, 3)))).toEqual(["漢字", ""]);
  expect(Array.from(columnValues(vectorFromArray(["a", null], new Utf8())))).toEqual(["a", null]);
  expect(Array.from(columnValues(vectorFromArray([1, 2, 3], new Int32()).slice(1)))).toEqual([2, 3]);
});
