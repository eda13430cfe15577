import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { Codec, TextSplit } from "../../files/splits.ts";
import { pump } from "./pumped-stream.ts";
import { readLines } from "./read-lines.ts";

pump.program = join(import.meta.dirname, "pump-thread.fixture.ts");
const folder = mkdtempSync(join(tmpdir(), "sightline-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function file(content: Uint8Array | string): string {
  const path = join(folder, `${count++}.txt`);
  writeFileSync(path, content);
  return path;
}

function split(path: string, start: number, end: number, codec?: Codec): TextSplit {
  return { file: { url: `file:${path}`, path, size: end, codec }, start, end };
}

function linesOf(path: string, start: number, end: number, chunkBytes?: number): string[] {
  return [...readLines(split(path, start, end), chunkBytes)].flat();
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
  "one character": "x",
};

describe.each(Object.entries(samples))("a file with %s", (_, text) => {
  const content = Buffer.from(text);
  const path = file(content);

  test.each([1, 2, 3, 7, 64])(
    "has every line once, wherever it is cut in two, in chunks of %i bytes",
    (chunk) => {
      for (let cut = 0; cut <= content.length; cut++) {
        const cuts = cut === 0 ? [0, content.length] : [0, cut, content.length];
        const parts = cuts.slice(1).map((end, i) => linesOf(path, cuts[i], end, chunk));
        expect(parts, `cut at ${cut}`).toEqual(expected(content, cuts));
      }
    },
  );

  test("has every line once when it is cut at every byte", () => {
    const cuts = Array.from({ length: content.length + 1 }, (_, i) => i);
    const parts = cuts.slice(1).map((end, i) => linesOf(path, cuts[i], end, 4));
    expect(parts).toEqual(expected(content, cuts));
  });

  test.each([
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
    ["deflate", deflateSync],
  ] as const)("reads the same from %s", (codec, pack) => {
    const path = file(pack(content));
    const all = [...readLines(split(path, 0, 1, codec), 5)].flat();
    expect(all).toEqual(expected(content, [0, content.length])[0]);
  });
});

test.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
] as const)("members of %s one after the other are one text, a long one too", (codec, pack) => {
  const lines = Array.from({ length: 300_000 }, (_, i) => `line ${i} ${i % 7}`);
  const cuts = [0, 1, 10, 100_000, 300_000];
  const parts = cuts.slice(1).map((end, i) => pack(`${lines.slice(cuts[i], end).join("\n")}\n`));
  const path = file(Buffer.concat(parts));
  const all = [...readLines(split(path, 0, 1, codec))].flat();
  expect([all.length, all.find((line, i) => line !== lines[i])]).toEqual([lines.length, undefined]);
});

test("a reader may stop early, and go on with another file", () => {
  const path = file(gzipSync("some line\n".repeat(1_000_000)));
  for (const [first] of readLines(split(path, 0, 1, "gzip"))) {
    expect(first).toBe("some line");
    break;
  }
  let lines = 0;
  for (const block of readLines(split(path, 0, 1, "gzip"))) lines += block.length;
  expect(lines).toBe(1_000_000);
});

test("two packed files can be read side by side", () => {
  const numbers = Array.from({ length: 200_000 }, (_, i) => String(i));
  const path = file(gzipSync(numbers.join("\n")));
  const [one, other] = [readLines(split(path, 0, 1, "gzip")), readLines(split(path, 0, 1, "gzip"))];
  const got: [string[], string[]] = [[], []];
  for (;;) {
    const [a, b] = [one.next(), other.next()];
    if (a.done || b.done) break;
    got[0].push(...a.value);
    got[1].push(...b.value);
  }
  expect(got.map(String)).toEqual([String(numbers), String(numbers)]);
});

test("a file that can't be read is named, with why", () => {
  const notPacked = file("plain text");
  const packed = gzipSync(Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251)));
  const truncated = file(packed.subarray(0, packed.length - 9));
  const read = (path: string, codec?: Codec) => [...readLines(split(path, 0, 9, codec))];
  expect(() => read(notPacked, "gzip")).toThrow(
    `The file ${notPacked} can't be read as gzip: incorrect header check.`,
  );
  expect(() => read(truncated, "gzip")).toThrow(
    `The file ${truncated} can't be read as gzip: unexpected end of file.`,
  );
  expect(() => read(notPacked, "zstd")).toThrow(`The file ${notPacked} can't be read as zstd: `);
  const cutShort = file(zstdCompressSync("text".repeat(1000)).subarray(0, 20));
  expect(() => read(cutShort, "zstd")).toThrow(`The file ${cutShort} can't be read as zstd: `);
  expect(() => read(`${notPacked}.gone`)).toThrow(`${notPacked}.gone can't be read: ENOENT.`);
  expect(() => read(`${notPacked}.gone`, "gzip")).toThrow(`${notPacked}.gone can't be read: ENOENT.`);
});

test("an empty file has no lines", () => {
  expect([...readLines(split(file(""), 0, 0))]).toEqual([]);
});

test("bytes that aren't UTF-8 become replacement characters, as many as in Spark", () => {
  const bytes = [0x61, 0xff, 0xc3, 0x0a, 0x62, 0xe2, 0x82, 0x0a, 0xed, 0xa0, 0x80, 0x78, 0x0a, 0xf0, 0x9f];
  const path = file(Buffer.from([...bytes, 0x98, 0x0a, 0xed]));
  expect(linesOf(path, 0, 18)).toEqual(["a��", "b�", "�x", "�", "�"]);
});

test("a line may be much longer than what is read at a time", () => {
  const long = "x".repeat(1_000_000);
  const path = file(`${long}\n${long}y\nz`);
  expect(linesOf(path, 0, 2_000_004)).toEqual([long, `${long}y`, "z"]);
  expect(linesOf(path, 5, 2_000_004)).toEqual([`${long}y`, "z"]);
});
