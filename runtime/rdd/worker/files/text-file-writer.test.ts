import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TextOutput } from "../../files/text-output.ts";
import { pump } from "./pumped-stream.ts";
import { readLines } from "./read-lines.ts";
import { TextFileWriter } from "./text-file-writer.ts";

pump.program = join(import.meta.dirname, "pump-thread.fixture.ts");
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "sightline-write-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(records: Iterable<unknown>, output: Partial<TextOutput> = {}): Buffer {
  const writer = new TextFileWriter({ folder, ...output }, 3);
  for (const record of records) writer.push(record);
  writer.end();
  writer.close();
  expect(readdirSync(folder)).toEqual([writer.name]);
  return readFileSync(join(folder, writer.name));
}

test("text and bytes are written as they are, other records as text", () => {
  class Point {
    toString() {
      return "here";
    }
  }
  const records = [
    "a",
    "",
    "two\nlines",
    "ä🦊",
    Buffer.from([0xff]),
    1,
    1.5,
    -0,
    Number.NaN,
    12n,
    null,
    true,
  ];
  const objects = [["a", 1], { b: [2n] }, new Map([["k", 1]]), new Date(0), new Point(), Object.create(null)];
  const lines = ["a", "", "two\nlines", "ä🦊", "\u00ff", "1", "1.5", "0", "NaN", "12", "null", "true"];
  const expected = [
    ...lines,
    '["a",1]',
    '{"b":["2"]}',
    '[["k",1]]',
    "1970-01-01T00:00:00.000Z",
    "here",
    "{}",
  ];
  const bytes = write([...records, undefined, ...objects]);
  const wanted = expected.map((line) => Buffer.from(line, line === "\u00ff" ? "latin1" : "utf8"));
  wanted.splice(12, 0, Buffer.from("undefined"));
  expect(bytes).toEqual(Buffer.concat(wanted.flatMap((line) => [line, Buffer.from("\n")])));
});

test.each(["gzip", "zstd", "deflate"] as const)("packs with %s, in pieces and nothing at all", (codec) => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i} \u00e4`);
  const read = (packed: Buffer) => {
    const path = join(folder, `again`);
    writeFileSync(path, packed);
    const file = { url: path, path, size: packed.length, codec };
    return [...readLines({ file, start: 0, end: packed.length })].flat();
  };
  const packed = write(lines, { codec });
  expect(packed.length).toBeLessThan(2_000_000);
  expect(read(packed).join("\n")).toBe(lines.join("\n"));
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  expect(read(write([], { codec }))).toEqual([]);
});

test("deflate's pieces are one stream for others, too", () => {
  const lines = Array.from({ length: 300_000 }, (_, i) => `line ${i % 1000}`);
  expect(inflateSync(write(lines, { codec: "deflate" })).toString()).toBe(
    lines.map((l) => `${l}\n`).join(""),
  );
});

test("a file that isn't completed is taken away", () => {
  const writer = new TextFileWriter({ folder }, 0);
  writer.push("half");
  writer.close();
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder that isn't where the executor is is named", () => {
  expect(() => new TextFileWriter({ folder: `${folder}/none` }, 0)).toThrow(
    /^The file .*\/none\/part-0-.* can't be written: ENOENT\.$/,
  );
});
