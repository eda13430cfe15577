// Relations whose rows come from functions of ours that run in the engine's Python: `mapInArrow` of a hand-written pickle.
import { create } from "@bufbuild/protobuf";
import { CommonInlineUserDefinedFunctionSchema } from "../connect/generated/expressions_pb.js";
import { dataType, type TypeJson } from "./data-type.ts";
import { attribute } from "./expression.ts";
import { type Relation, relation } from "./relation.ts";

/** PythonEvalType.SQL_MAP_ARROW_ITER_UDF: https://github.com/apache/spark/blob/master/python/pyspark/util.py */
const mapInArrow = 207;

export interface MapPartitionsArguments {
  readonly input: Relation;
  /** The input's columns that the function reads: none would give Sail no columns, and `*` fails on Spark. */
  readonly columns: readonly string[];
  readonly command: Uint8Array;
  /** The schema of what the function yields, in Spark's JSON. */
  readonly schema: TypeJson;
  /** As the engine's workers want it, such as "3.11"; "" for any. */
  readonly pythonVersion: string;
}

/** Each partition of the input through a Python function, in batches. */
export function mapPartitions({
  input,
  columns,
  command,
  schema,
  pythonVersion,
}: MapPartitionsArguments): Relation {
  const pythonUdf = { outputType: dataType(schema), evalType: mapInArrow, command, pythonVer: pythonVersion };
  const func = create(CommonInlineUserDefinedFunctionSchema, {
    functionName: "sightline",
    deterministic: true,
    arguments: columns.map((name) => attribute(name)),
    function: { case: "pythonUdf", value: pythonUdf },
  });
  return relation({ case: "mapPartitions", value: { input, func } });
}

/** Numbers `start` to `end` in a column `id`, in at most `numPartitions` partitions. */
export function partitionIndexes(start: number, end: number, numPartitions: number): Relation {
  const value = { start: BigInt(start), end: BigInt(end), step: 1n, numPartitions };
  return relation({ case: "range", value });
}

/** Rows with equal values of a column in the same partition. The number is given, so that the engine keeps to it. */
export function repartitionBy(input: Relation, column: string, numPartitions: number): Relation {
  return relation({
    case: "repartitionByExpression",
    value: { input, partitionExprs: [attribute(column)], numPartitions },
  });
}

/**
 * Python that runs a text and calls its `make`. The text is compiled once in a process, not for each task (which
 * takes 10 ms): its names are kept beside the modules, under the text itself.
 */
const load =
  "lambda source, *arguments: (lambda loaded: loaded.get(source) or (lambda names: " +
  "(exec(compile(source, 'sightline', 'exec'), names), loaded.setdefault(source, names))[1])({}))" +
  "(vars(__import__('sys').modules.setdefault('_sightline', __import__('types').ModuleType('_sightline'))))" +
  "['make'](*arguments)";

/**
 * The pickle of a call: loading it executes the Python text and calls its `make` with the arguments, which answers
 * what the engine wants, a function and a schema. Protocol 3, the least that has bytes:
 * `eval("lambda source, *arguments: …")(source, *arguments)`.
 * @see https://github.com/python/cpython/blob/main/Lib/pickletools.py for the opcodes
 */
export function pickledCall(source: string, args: readonly (Uint8Array | string | undefined)[]): Uint8Array {
  return Buffer.concat([
    Buffer.from("\x80\x03cbuiltins\neval\n", "latin1"), // PROTO 3, GLOBAL
    unicode(load),
    Buffer.from("\x85R(", "latin1"), // TUPLE1, REDUCE, MARK
    unicode(source),
    ...args.map((arg) =>
      arg === undefined ? Buffer.from("N") : typeof arg === "string" ? unicode(arg) : bytes(arg),
    ),
    Buffer.from("tR."), // TUPLE, REDUCE, STOP
  ]);
}

function unicode(text: string): Buffer {
  return sized("X", Buffer.from(text)); // BINUNICODE
}

function bytes(value: Uint8Array): Buffer {
  return sized("B", value); // BINBYTES
}

function sized(opcode: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(5, opcode);
  head.writeUInt32LE(content.length, 1);
  return Buffer.concat([head, content]);
}
