import { readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { closeShuffleFiles, MapOutputFile, readSegments } from "./shuffle-file.ts";
import { scratchFolder } from "./shuffle.fixture.ts";

function write(path: string, segments: [target: number, bucket: number, seq: number, text: string][]): void {
  const file = new MapOutputFile(path);
  for (const [target, bucket, seq, text] of segments) {
    file.segment(target, bucket, seq, text.length, Buffer.from(text));
  }
  file.close();
}

const read = (path: string, target: number) =>
  readSegments(path, 0, 5, target).map(({ bucket, seq, count, read }) => [
    bucket,
    seq,
    count,
    read().toString(),
  ]);

test("a file gives the segments of a target in the order of their numbers", () => {
  const path = join(scratchFolder(), "0");
  const large = "x".repeat(600_000);
  write(path, [
    [7, -1, 0, "first"],
    [2, 130, 0, large],
    [7, -1, 1, ""],
    [2, 129, 1, "last"],
  ]);
  expect(read(path, 7)).toEqual([
    [-1, 0, 5, "first"],
    [-1, 1, 0, ""],
  ]);
  expect(read(path, 2)).toEqual([
    [130, 0, 600_000, large],
    [129, 1, 4, "last"],
  ]);
  for (const target of [0, 3, 8]) expect(read(path, target)).toEqual([]);
});

test("a map partition without records has a file without segments", () => {
  const path = join(scratchFolder(), "0");
  write(path, []);
  expect(read(path, 0)).toEqual([]);
});

test("a file is there under its name only when it is whole", () => {
  const folder = scratchFolder();
  const file = new MapOutputFile(join(folder, "0"));
  file.segment(0, -1, 0, 1, Buffer.from("a"));
  expect(readdirSync(folder)).not.toContain("0");
  file.abort();
  expect(readdirSync(folder)).toEqual([]);
});

test("a missing file is told from other failures", () => {
  const path = join(scratchFolder(), "gone");
  expect(() => readSegments(path, 0, 0, 0)).toThrow(
    expect.objectContaining({
      name: "MissingSegment",
      path,
      message: `The file ${path} can't be read (ENOENT).`,
    }),
  );
});

test("a file cut anywhere is missing", () => {
  const path = join(scratchFolder(), "0");
  write(path, [
    [0, -1, 0, "one"],
    [1, -1, 0, "two"],
  ]);
  const { length } = readFileSync(path);
  for (let size = length - 1; size >= 0; size -= 5) {
    truncateSync(path, size);
    closeShuffleFiles();
    expect(() => readSegments(path, 0, 0, 0), `${size} bytes`).toThrow(
      expect.objectContaining({ name: "MissingSegment" }),
    );
  }
});

test("a file of something else is missing", () => {
  const path = join(scratchFolder(), "0");
  writeFileSync(path, "no shuffle at all, but long enough");
  expect(() => readSegments(path, 0, 0, 0)).toThrow(/isn't whole: its 34 bytes don't end as they should/);
});

test("a file that is replaced or cut after its list was read is missing too", () => {
  const folder = scratchFolder();
  const path = join(folder, "0");
  write(path, [[0, -1, 0, "one"]]);
  const [segment] = readSegments(path, 0, 0, 0);
  truncateSync(path, 1);
  expect(() => segment.read()).toThrow(/ends after 1 bytes, in the middle/);
  write(join(folder, "other"), [[0, -1, 0, "two"]]);
  renameSync(join(folder, "other"), path);
  closeShuffleFiles();
  expect(() => segment.read()).toThrow(/was replaced while it was read/);
});

test("more files than are kept open can be read", () => {
  const folder = scratchFolder();
  for (let i = 0; i < 400; i++) write(join(folder, String(i)), [[0, -1, 0, `${i}`]]);
  const segments = Array.from({ length: 400 }, (_, i) => readSegments(join(folder, String(i)), 0, i, 0)[0]);
  const open = readdirSync("/proc/self/fd").length;
  expect(segments.map((segment) => segment.read().toString())).toEqual(segments.map((_, i) => `${i}`));
  expect(readdirSync("/proc/self/fd").length).toBe(open);
});
