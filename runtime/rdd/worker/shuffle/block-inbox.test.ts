import { describe, expect, test } from "vitest";
import { BlockKind } from "../../stage.ts";
import { BlockInbox, BlockSegments, type InboxRoom } from "./block-inbox.ts";
import { scratchFolder } from "./shuffle.fixture.ts";

type Row = [pid: number, source: number, seq: number, kind: number, blob: Buffer];

function rowsOf(source: number, dependency: number, texts: string[], partitions = 2): Row[] {
  const rows: Row[] = [];
  const row = (...cells: [number, number, number, number, Uint8Array]) =>
    void rows.push([...cells.slice(0, 4), Buffer.from(cells[4])] as Row);
  const output = new BlockSegments({ partitions, source, dependency, row });
  texts.forEach((text, seq) => output.segment(1, 129, seq, text.length, Buffer.from(text)));
  output.end();
  return rows;
}

function inbox(rows: Row[], sources: number, room: InboxRoom = { bytesLeft: 1 << 30 }): BlockInbox {
  const box = new BlockInbox({ sources, scratchFolder: scratchFolder(), room });
  for (const [pid, source, seq, kind, blob] of rows) {
    if (pid !== 1) continue;
    box.add(source, seq, kind, blob);
    blob.fill(0);
  }
  return box;
}

const contents = (box: BlockInbox) =>
  box
    .segments(1)
    .map(({ dependency, source, bucket, count, read }) => [
      dependency,
      source,
      bucket,
      count,
      read().toString(),
    ]);

const large = "0123456789".repeat(300_000);

describe("an inbox", () => {
  test.each([1e9, 1000, 0])("puts what came in any order in order, with room for %d bytes", (bytesLeft) => {
    const rows = [...rowsOf(2, 1, ["z"]), ...rowsOf(0, 0, ["a", large, ""]), ...rowsOf(1, 0, [])];
    expect(Math.max(...rows.map(([, , , , blob]) => blob.length))).toBeLessThanOrEqual(1 << 20);
    const box = inbox(rows.toReversed(), 3, { bytesLeft });
    expect(contents(box)).toEqual([
      [0, 0, 129, 1, "a"],
      [0, 0, 129, 3_000_000, large],
      [0, 0, 129, 0, ""],
      [1, 2, 129, 1, "z"],
    ]);
    box.close();
  });

  test("shares its room with others, and gives it back", () => {
    const room = { bytesLeft: 1_500_000 };
    const boxes = [0, 1].map(() => inbox(rowsOf(0, 0, [large.slice(0, 1_000_000)]), 1, room));
    expect(room.bytesLeft).toBe(500_000);
    for (const box of boxes) {
      expect(box.segments(1)[0].read().toString()).toBe(large.slice(0, 1_000_000));
      box.close();
    }
    expect(room.bytesLeft).toBe(1_500_000);
  });

  test("tells when a row or a whole map partition is missing", () => {
    const rows = [...rowsOf(0, 0, ["a", "b"]), ...rowsOf(1, 0, ["c"])];
    expect(() => inbox(rows, 3).segments(1)).toThrow(
      "Partition 1 got 3 of 3 blocks, from 2 of 3 partitions. The engine lost some of them; run the job again.",
    );
    expect(() => inbox(rows.slice(1), 2).segments(1)).toThrow(/got 2 of 3 blocks/);
  });

  test("tells when a row is damaged", () => {
    const box = inbox([], 1);
    expect(() => box.add(0, 0, BlockKind.data, Buffer.alloc(3))).toThrow(
      "A block of a shuffle is damaged: it has a row of 3 bytes.\nRun the job again.",
    );
    const cut = rowsOf(0, 0, [large]).map((row, i): Row =>
      i === 1 ? ([...row.slice(0, 4), row[4].subarray(0, 50)] as Row) : row,
    );
    const [segment] = inbox(cut, 1).segments(1);
    expect(() => segment.read()).toThrow(/it has \d+ of 3000000 bytes/);
  });
});
