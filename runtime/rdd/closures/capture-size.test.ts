import { expect, test } from "vitest";
import { capture } from "./capture.ts";

test("a long string is mentioned as other large captures are, with its name and size", () => {
  const warnings: string[] = [];
  const blob = "x".repeat(12 << 20);
  const fn = (record: number) => blob.length + record;
  capture([{ method: "map", fn }], { isLocal: true, warn: (message) => void warnings.push(message) });
  expect(warnings).toEqual([
    expect.stringMatching(/^The function given to map uses `blob`, 12 MB, .*\nBroadcast it/),
  ]);
});
