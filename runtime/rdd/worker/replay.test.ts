import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Replay } from "./replay.ts";

const folder = mkdtempSync(join(tmpdir(), "replay-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([10, 70_000, 140_000])(
  "gives %d records as often as they are asked for, and leaves no file that others see",
  (count) => {
    const blocks = Array.from({ length: 10 }, (_, block) =>
      Array.from({ length: count / 10 }, (_none, i) => `${block}-${i}`),
    );
    const replay = new Replay(blocks, new Map(), folder);
    for (let time = 0; time < 2; time++) expect([...replay.blocks()]).toEqual(blocks);
    expect(readdirSync(folder)).toEqual([]);
    replay.close();
  },
);
