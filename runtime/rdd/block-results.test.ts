import { Binary, Int32, makeVector, type RecordBatch, Table, vectorFromArray } from "apache-arrow";
import { expect, test } from "vitest";
import { BlockResults } from "./block-results.ts";
import { forgetNews } from "./kept-asides.ts";
import { BlockKind, firstKeptId } from "./stage.ts";
import { encodeRecords } from "./worker/records.ts";

type Row = [pid: number, seq: number, kind: number, blob: Uint8Array];

function batch(rows: Row[]): RecordBatch {
  const numbers = (index: 0 | 1 | 2) => makeVector(Int32Array.from(rows, (row) => row[index]));
  const columns = { pid: numbers(0), source: numbers(0), seq: numbers(1), kind: numbers(2) };
  const blob = vectorFromArray(
    rows.map((row) => row[3]),
    new Binary(),
  );
  expect(columns.pid.type).toBeInstanceOf(Int32); // as the engine sends it
  return new Table({ ...columns, blob }).batches[0];
}

const none = new Map();
const block = (...records: unknown[]) => encodeRecords(records, none);
const done = new Uint8Array();

test("records come in the order of partitions and blocks, whatever order the rows came in", () => {
  const results = new BlockResults(() => {});
  results.add(
    batch([
      [1, 0, BlockKind.data, block("c")],
      [1, 1, BlockKind.done, done],
      [0, 1, BlockKind.data, block("b")],
    ]),
  );
  results.add(
    batch([
      [0, 2, BlockKind.done, done],
      [0, 0, BlockKind.data, block("a", "aa")],
    ]),
  );
  expect([...results.records(0, 2, none)]).toEqual(["a", "aa", "b", "c"]);
});

test.each<[string, Row[]]>([
  ["a partition that never came", []],
  ["a partition without its mark", [[0, 0, BlockKind.data, block(1)]]],
  ["a partition with too few blocks", [[0, 1, BlockKind.done, done]]],
])("%s is an error, not an empty result", (_, rows) => {
  const results = new BlockResults(() => {});
  if (rows.length > 0) results.add(batch(rows));
  expect(() => [...results.records(0, 1, none)]).toThrow(/without all of partition 0.*\nRun it again/);
});

test("lines that functions print are handed over with their partition", () => {
  const lines: [number, string][] = [];
  const results = new BlockResults((partition, line) => void lines.push([partition, line]));
  results.add(batch([[4, 0, BlockKind.console, Buffer.from("grüezi")]]));
  expect(lines).toEqual([[4, "grüezi"]]);
});

test("lines that lie in kept blocks are handed over once, those of other blocks each time", () => {
  const lines: string[] = [];
  const read = (pid: number) =>
    new BlockResults((_, line) => void lines.push(line)).add(
      batch([
        [pid, 0, BlockKind.console, Buffer.from("same")],
        [pid, 1, BlockKind.console, Buffer.from("same")],
      ]),
    );
  for (const pid of [firstKeptId, firstKeptId, 0, 0]) read(pid);
  expect(lines).toHaveLength(2 + 4);
  forgetNews(firstKeptId);
  read(firstKeptId);
  expect(lines).toHaveLength(8);
});
