import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { recordSplits, textSplits } from "./text-splits.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-splits-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function ranges(path: string, minPartitions: number): Promise<[string, number, number][]> {
  const splits = await textSplits(join(folder, path), minPartitions);
  return splits.map(({ file, start, end }) => [file.path.slice(folder.length + 1), start, end]);
}

function file(name: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
}

test("a file is cut into ranges of a share of the whole, the last up to a tenth larger", async () => {
  file("one.txt", "x".repeat(100));
  expect(await ranges("one.txt", 3)).toEqual([
    ["one.txt", 0, 33],
    ["one.txt", 33, 66],
    ["one.txt", 66, 100],
  ]);
  expect(await ranges("one.txt", 1)).toEqual([["one.txt", 0, 100]]);
  expect(await ranges("one.txt", 1000)).toHaveLength(100);
});

test("the share is one of all files, an empty file has none and a packed one is whole", async () => {
  file("many/a.txt", "x".repeat(80));
  file("many/b.txt", "");
  file("many/c.txt.gz", gzipSync("x"));
  const packed = gzipSync("x").length;
  file("many/d.txt", "x".repeat(20));
  file("many/e.gz", "");
  expect(await ranges("many", 2)).toEqual([
    ["many/a.txt", 0, Math.floor((100 + packed) / 2)],
    ["many/a.txt", Math.floor((100 + packed) / 2), 80],
    ["many/c.txt.gz", 0, packed],
    ["many/d.txt", 0, 20],
  ]);
});

test("a range is at most a block of 32 MiB", async () => {
  file("large.txt", "");
  truncateSync(join(folder, "large.txt"), 70 << 20);
  expect(await ranges("large.txt", 1)).toEqual([
    ["large.txt", 0, 32 << 20],
    ["large.txt", 32 << 20, 64 << 20],
    ["large.txt", 64 << 20, 70 << 20],
  ]);
});

test.each(["bz2", "lz4", "snappy", "lzo", "xz"])("what is packed as .%s says what to do", async (end) => {
  file(`packed/${end}/log.${end}`, "x");
  const path = join(folder, "packed", end);
  await expect(textSplits(path, 2)).rejects.toThrow(
    `textFile("${path}") doesn't unpack ${end}: ${path}/log.${end}.\nUnpack it first, or pack it with gzip or zstd.`,
  );
});

test("records are cut into blocks of whole ones", async () => {
  file("records.bin", "");
  truncateSync(join(folder, "records.bin"), 80 << 20);
  const splits = await recordSplits(join(folder, "records.bin"), 1000);
  const whole = Math.floor((32 << 20) / 1000) * 1000;
  expect(splits.map(({ start, end, recordLength }) => [start, end, recordLength])).toEqual([
    [0, whole, 1000],
    [whole, 2 * whole, 1000],
    [2 * whole, 80 << 20, 1000],
  ]);
});
