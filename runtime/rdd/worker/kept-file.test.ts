import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { KeptFile, readKept } from "./kept-file.ts";
import { MissingSegment } from "./shuffle/missing-segment.ts";

function keptFile(...blocks: unknown[][]): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-kept-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "0");
  const file = new KeptFile(path, new Map());
  for (const block of blocks) file.write(block);
  file.close();
  return path;
}

test("blocks come back as they were", () => {
  const path = keptFile([1, { a: [2n] }], ["three"]);
  expect([...readKept(path, new Map())].flat()).toEqual([1, { a: [2n] }, "three"]);
  expect([...readKept(keptFile(), new Map())]).toEqual([]);
});

test("a file that was cut inside a block isn't taken for a shorter one", () => {
  const path = keptFile([1], [2]);
  const whole = readFileSync(path);
  const first = 4 + whole.readUInt32LE();
  for (const length of whole.keys()) {
    writeFileSync(path, whole.subarray(0, length));
    const read = () => [...readKept(path, new Map())].flat();
    if (length === 0 || length === first) expect(read()).toEqual(length === 0 ? [] : [1]);
    else expect(read).toThrow(MissingSegment);
  }
});
