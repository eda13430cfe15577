import { expect, test } from "vitest";
import { schemaArgument } from "./create-options.ts";
import { StructType } from "./types.ts";

test("finds the schema by position and by name", () => {
  const type = new StructType().add("n", "int");
  expect(schemaArgument([])).toBeUndefined();
  expect(schemaArgument([null])).toBeUndefined();
  expect(schemaArgument(["n int"])).toBe("n int");
  expect(schemaArgument([type, null, false])).toBe(type);
  expect(schemaArgument([{ schema: ["a", "b"], verifySchema: true }])).toEqual(["a", "b"]);
  expect(schemaArgument([type, { samplingRatio: 0.5 }])).toBe(type);
});

test("refuses other arguments, and says which there are", () => {
  expect(() => schemaArgument([{ shema: "n int" }])).toThrow("no option `shema`.\nDid you mean `schema`?");
  expect(() => schemaArgument(["n int", "a"])).toThrow(
    'createDataFrame() was given "a" as samplingRatio.\nPass a share of the rows: { samplingRatio: 0.5 }',
  );
  expect(() => schemaArgument(["n int", 1, 0])).toThrow("as verifySchema.\nPass true or false.");
  expect(() => schemaArgument(["n int", 1, true, 4])).toThrow(
    "They are, in order: schema, samplingRatio, verifySchema.",
  );
});
