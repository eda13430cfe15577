import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodePng } from "./png.ts";

test("a PNG holds the pixels it was made of", () => {
  const rgb = Uint8Array.from({ length: 3 * 2 * 3 }, (_, i) => (i * 53) % 256);
  const png = encodePng(3, 2, rgb);
  const length = png.readUInt32BE(33);
  expect(png.toString("latin1", 37, 41)).toBe("IDAT");
  const rows = inflateSync(png.subarray(41, 41 + length));
  const read: number[] = [];
  for (let y = 0; y < 2; y++) {
    for (let i = 0; i < 9; i++) read.push(((i < 3 ? 0 : read[y * 9 + i - 3]) + rows[y * 10 + 1 + i]) & 0xff);
  }
  expect(read).toEqual([...rgb]);
});
