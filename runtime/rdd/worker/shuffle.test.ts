import { describe, expect, test } from "vitest";
import { type Combine } from "../stage.ts";
import type { ArrowBatch } from "./arrow-input.ts";
import type { ColumnLayout } from "../../sql/columns/column-layouts.ts";
import { BatchOutput } from "./batch-output.ts";
import { BlockOutput } from "./block-output.ts";
import { shuffledPartitions } from "./shuffle-reader.ts";
import { ShuffleWriter } from "./shuffle-writer.ts";

/** Blocks as they would come through an engine, each row a batch of its own. */
class Wire extends BatchOutput {
  readonly rows: ArrowBatch[] = [];

  constructor() {
    super(() => {});
  }

  override batch(rowCount: number, columns: readonly ColumnLayout[]): void {
    this.rows.push({
      rowCount,
      buffers: columns.flatMap(({ buffers }) => buffers.map((buffer) => Buffer.from(buffer))),
    });
  }
}

const add = (a: unknown, b: unknown) => (a as number) + (b as number);
const classes = new Map();

function written(sources: unknown[][], combine: Combine, partitions = 3): ArrowBatch[] {
  return sources.flatMap((records, source) => {
    const wire = new Wire();
    const output = new BlockOutput(wire);
    const writer = new ShuffleWriter({
      partitions,
      combine,
      reduce: combine.mode === "reduce" ? add : undefined,
      output,
      classes,
    });
    writer.begin(source);
    for (const record of records) writer.push(record);
    writer.end();
    output.flush();
    return wire.rows;
  });
}

function readBack(batches: ArrowBatch[], combine: Combine, mapPartitions: number): [number, unknown[]][] {
  const options = { mapPartitions, combine, reduce: add, output: new BlockOutput(new Wire()), classes };
  return [...shuffledPartitions(batches, options)].map(({ index, blocks }) => [index, [...blocks].flat()]);
}

const reduce: Combine = { mode: "reduce", reduce: 0 };

describe("a shuffle", () => {
  test("brings every key to one partition, and every partition its mark", () => {
    const sources = [0, 1, 2].map((source) =>
      Array.from({ length: 1000 }, (_, i) => [`key ${i % 70}`, source]),
    );
    const partitions = readBack(written(sources, reduce), reduce, 3);
    expect(partitions.map(([index]) => index)).toEqual([0, 1, 2]);
    const all = partitions.flatMap(([, records]) => records as [string, number][]);
    expect(new Set(all.map(([key]) => key)).size).toBe(70);
    expect(all).toHaveLength(70);
    expect(all.reduce((sum, [, n]) => sum + n, 0)).toBe(3000);
  });

  test("gives the same in whatever order the blocks arrive", () => {
    const group: Combine = { mode: "group" };
    const batches = written(
      [0, 1, 2].map((s) => Array.from({ length: 900 }, (_, i) => [i % 7, `${s}/${i}`])),
      group,
    );
    const expected = readBack(batches, group, 3);
    expect(readBack(batches.toReversed(), group, 3)).toEqual(expected);
    expect((expected[0][1] as [number, string[]][])[0][1].slice(0, 2)).toEqual([
      expect.stringMatching(/^0\//),
      expect.stringMatching(/^0\//),
    ]);
  });

  test("joins values that are undefined too", () => {
    const seen: unknown[][] = [];
    const output = new BlockOutput(new Wire());
    const writer = new ShuffleWriter({
      partitions: 1,
      combine: reduce,
      reduce: (a, b) => (seen.push([a, b]), 1),
      output,
      classes,
    });
    writer.begin(0);
    writer.push(["k", undefined]);
    writer.push(["k", 2]);
    writer.end();
    expect(seen).toEqual([[undefined, 2]]);
  });

  test("sends more keys than its map holds, each complete", () => {
    const records = Array.from({ length: 450_000 }, (_, i) => [i % 225_000, 1]);
    const all = readBack(written([records], reduce), reduce, 1).flatMap(
      ([, part]) => part as [number, number][],
    );
    expect(all).toHaveLength(225_000);
    expect(all.every(([, n]) => n === 2)).toBe(true);
  });

  test("is an error when blocks or a whole source are missing", () => {
    const batches = written(
      [
        [
          ["a", 1],
          ["b", 1],
        ],
        [["a", 2]],
      ],
      reduce,
      1,
    );
    expect(() => readBack(batches, reduce, 3)).toThrow(/from 2 of 3 partitions.*run the job again/);
    const cut = batches.map(({ rowCount, buffers }) => {
      // The first row of each batch is a block, the last its partition's mark: this leaves out the block.
      const keep = rowCount - 1;
      return {
        rowCount: keep,
        buffers: buffers.map((buffer, i) => (i === 10 ? buffer : buffer.subarray(4))),
      };
    });
    expect(() => readBack(cut, reduce, 2)).toThrow(/got 0 of 2 blocks/);
  });
});
