import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dataType } from "./data-type.ts";
import { mapPartitions, partitionIndexes, pickledCall, repartitionBy } from "./map-partitions.ts";

const python = join(import.meta.dirname, "..", "..", ".venv", "bin", "python");

describe("the pickle", () => {
  test("names builtins.eval, and holds source and arguments with their lengths", () => {
    const bytes = Buffer.from(pickledCall("S", ["é", Uint8Array.of(1, 2), undefined]));
    expect(bytes.subarray(0, 16).toString("latin1")).toBe("\x80\x03cbuiltins\neval");
    const tail = "\x85R(X\x01\0\0\0SX\x02\0\0\0\xc3\xa9B\x02\0\0\0\x01\x02NtR.";
    expect(bytes.subarray(-tail.length).toString("latin1")).toBe(tail);
  });

  test("calls the text's make with the arguments when Python loads it", (context) => {
    if (!existsSync(python)) context.skip("npm run setup");
    const source = "import json\ndef make(*args):\n    return json.dumps([str(a) for a in args])";
    const pickle = pickledCall(source, ['a\u2028"b', Uint8Array.of(0, 255), undefined]);
    const load = "import sys, pickle; print(pickle.load(sys.stdin.buffer))";
    const answer = execFileSync(python, ["-c", load], { input: pickle, encoding: "utf8" });
    expect(JSON.parse(answer)).toEqual(['a\u2028"b', "b'\\x00\\xff'", "None"]);
  });
});

test("mapPartitions names its columns and is a mapInArrow function", () => {
  const { relType } = mapPartitions({
    input: partitionIndexes(2, 5, 3),
    columns: ["id"],
    command: Uint8Array.of(7),
    schema: { type: "struct", fields: [{ name: "n", type: "long", nullable: false }] },
    pythonVersion: "3.11",
  });
  expect(relType.case).toBe("mapPartitions");
  const { func, input } = relType.value as Extract<typeof relType, { case: "mapPartitions" }>["value"];
  expect(input?.relType).toMatchObject({ case: "range", value: { start: 2n, end: 5n, numPartitions: 3 } });
  expect(func?.arguments.map(({ exprType }) => exprType.value)).toMatchObject([{ unparsedIdentifier: "id" }]);
  expect(func?.function.value).toMatchObject({ evalType: 207, pythonVer: "3.11" });
});

test("repartitionBy gives the number of partitions", () => {
  expect(repartitionBy(partitionIndexes(0, 1, 1), "pid", 4).relType.value).toMatchObject({
    numPartitions: 4,
  });
});

test("types in Spark's JSON become messages, nested ones too", () => {
  const nested = {
    type: "map",
    keyType: "string",
    valueType: "decimal(10,2)",
    valueContainsNull: true,
  } as const;
  expect(dataType({ type: "array", elementType: nested, containsNull: false })).toMatchObject({
    kind: {
      case: "array",
      value: {
        elementType: {
          kind: { case: "map", value: { valueType: { kind: { value: { precision: 10, scale: 2 } } } } },
        },
      },
    },
  });
});
