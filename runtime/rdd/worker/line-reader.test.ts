import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readLines } from "./line-reader.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function file(content: Uint8Array | string): string {
  const path = join(folder, `${count++}.txt`);
  writeFileSync(path, content);
  return path;
}

/** Hadoop's rule, read off its source, one line at a time. */
function expected(content: Buffer, cuts: number[]): string[][] {
  const starts: [number, string][] = [];
  const bom = content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  let at = bom;
  while (at < content.length) {
    let end = at;
    while (end < content.length && content[end] !== 10 && content[end] !== 13) end++;
    starts.push([at === bom ? 0 : at, content.subarray(at, end).toString()]);
    at = content[end] === 13 && content[end + 1] === 10 ? end + 2 : end + 1;
  }
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    return starts
      .filter(([s]) => (start === 0 ? s === 0 : false) || (s > start && s <= end))
      .map(([, line]) => line);
  });
}

const samples: Record<string, string> = {
  "plain lines": "alpha\nbeta\n\ngamma\n",
  "no line end at the end": "one\ntwo\nthree",
  "\\r\\n": "a\r\nbb\r\n\r\nccc\r\nd",
  "\\r alone and mixed": "a\rb\r\nc\n\rd\r\r\ne\r",
  "characters of two, three and four bytes": "é\nüü\n漢字\n😀 x\n",
  "a byte order mark": "\ufefffirst\nsecond\n",
  "only line ends": "\n\n\r\n\n",
  "one line": "0123456789",
};

describe.each(Object.entries(samples))("a file with %s", (_, text) => {
  const content = Buffer.from(text);
  const path = file(content);

  test.each([1, 2, 3, 7, 64])(
    "has every line once, wherever it is cut in two, in chunks of %i bytes",
    (chunk) => {
      for (let cut = 0; cut <= content.length; cut++) {
        const cuts = cut === 0 ? [0, content.length] : [0, cut, content.length];
        const parts = cuts
          .slice(1)
          .map((end, i) => [...readLines({ path, start: cuts[i], end, isGzip: false }, chunk)].flat());
        expect(parts, `cut at ${cut}`).toEqual(expected(content, cuts));
      }
    },
  );

  test("has every line once when it is cut at every byte", () => {
    const cuts = Array.from({ length: content.length + 1 }, (_, i) => i);
    const parts = cuts
      .slice(1)
      .map((end, i) => [...readLines({ path, start: cuts[i], end, isGzip: false }, 4)].flat());
    expect(parts).toEqual(expected(content, cuts));
  });

  test("reads the same from gzip", () => {
    const zipped = file(gzipSync(content));
    const all = [...readLines({ path: zipped, start: 0, end: 1, isGzip: true }, 5)].flat();
    expect(all).toEqual(expected(content, [0, content.length])[0]);
  });
});

test("a file that can't be read is named, with why", () => {
  const notZipped = file("plain text");
  const truncated = file(gzipSync("text".repeat(1000)).subarray(0, 30));
  const read = (path: string, isGzip: boolean) => [...readLines({ path, start: 0, end: 9, isGzip })];
  expect(() => read(notZipped, true)).toThrow(
    `The file ${notZipped} can't be read as gzip: incorrect header check.`,
  );
  expect(() => read(truncated, true)).toThrow(
    `The file ${truncated} can't be read as gzip: unexpected end of file.`,
  );
  expect(() => read(`${notZipped}.gone`, false)).toThrow(`${notZipped}.gone can't be read: ENOENT.`);
});

test("an empty file has no lines", () => {
  expect([...readLines({ path: file(""), start: 0, end: 0, isGzip: false })]).toEqual([]);
});

test("bytes that aren't UTF-8 become replacement characters, as in Spark", () => {
  const path = file(Buffer.from([0x61, 0xff, 0xc3, 0x0a, 0x62, 0xe2, 0x82, 0x0a]));
  expect([...readLines({ path, start: 0, end: 8, isGzip: false })].flat()).toEqual([
    "a\ufffd\ufffd",
    "b\ufffd",
  ]);
});

test("a line of several megabytes arrives whole", () => {
  const long = "x".repeat(5_000_000);
  const path = file(`first\n${long}\nlast\n`);
  const half = { start: 2_500_000, end: 5_000_012, isGzip: false };
  expect([...readLines({ path, start: 0, end: 2_500_000, isGzip: false })].flat()).toEqual(["first", long]);
  expect([...readLines({ path, ...half })].flat()).toEqual(["last"]);
});
