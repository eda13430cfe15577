import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { fileParts } from "../../files/file-source.ts";
import { pump } from "./pumped-stream.ts";
import { readFiles } from "./read-files.ts";

pump.program = join(import.meta.dirname, "pump-thread.fixture.ts");
const folder = mkdtempSync(join(tmpdir(), "sightline-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(source: Parameters<typeof fileParts>[0]): Promise<unknown[][]> {
  const files = await fileParts({ ...source, path: join(folder, source.path) }, true);
  return files.parts.map((_, partition) => [...readFiles(files, partition)].flat());
}

function file(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content);
  return `file:${join(folder, name)}`;
}

test("whole files are pairs of address and text, unpacked, the mark and odd bytes as in Spark", async () => {
  const url = file("w1 ä%20.txt", "\ufeffa\r\nb");
  const odd = file("w2", Buffer.from([0x61, 0xff, 0xed, 0xa0, 0x80]));
  const packed = file("w3.gz", Buffer.concat([gzipSync("x"), gzipSync("y")]));
  const empty = file("w4", "");
  expect(await read({ method: "wholeTextFiles", path: "w*", minPartitions: 1 })).toEqual([
    [
      [url, "\ufeffa\r\nb"],
      [odd, "a��"],
      [packed, "xy"],
    ],
    [[empty, ""]],
  ]);
});

test("binary files are as they are", async () => {
  const packed = gzipSync("x");
  const url = file("b1.gz", packed);
  const empty = file("b2", "");
  expect(await read({ method: "binaryFiles", path: "b*", minPartitions: 2, parallelism: 2 })).toEqual([
    [
      [url, new Uint8Array(packed)],
      [empty, new Uint8Array()],
    ],
  ]);
});

test("records are of the given length", async () => {
  file(
    "r1",
    Uint8Array.from({ length: 10 }, (_, i) => i),
  );
  file("r2", "");
  const records = await read({ method: "binaryRecords", path: "r*", recordLength: 5 });
  expect(records).toEqual([[new Uint8Array([0, 1, 2, 3, 4]), new Uint8Array([5, 6, 7, 8, 9])]]);
  const many = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
  file("q", many);
  const [all] = await read({ method: "binaryRecords", path: "q", recordLength: 3 });
  expect(Buffer.concat(all as Uint8Array[]).equals(many)).toBe(true);
});

test("a record that is cut short is named", async () => {
  const url = file("cut", new Uint8Array(20));
  await expect(read({ method: "binaryRecords", path: "cut", recordLength: 3 })).rejects.toThrow(
    `The file ${url.slice(5)} can't be read: its last record has 2 of 3 bytes.`,
  );
});

test("executors of another machine read HDFS only", async () => {
  const source = { method: "wholeTextFiles", path: "hdfs://nn/a,/b", minPartitions: 2 } as const;
  await expect(fileParts(source, false)).rejects.toThrow(
    'wholeTextFiles("hdfs://nn/a,/b") reads files of this machine, which executors of another one can\'t see.\n' +
      "Put them where those can: hdfs://",
  );
});
