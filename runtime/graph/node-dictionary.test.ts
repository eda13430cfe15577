import { expect, test } from "vitest";
import { textAt } from "../wire/utf8-column.ts";
import { NodeDictionary } from "./node-dictionary.ts";

test("numbers texts by first appearance, across growth", () => {
  const nodes = new NodeDictionary();
  const count = 30_000;
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < count; i++) if (nodes.addText(`host-${i}`) !== i) throw new Error(`host-${i} moved`);
  }
  expect(nodes.size).toBe(count);
  expect(textAt(nodes.column(), 29_999)).toBe("host-29999");
});

test("tells long ids apart that are cut to the same label, and cuts at a character", () => {
  const nodes = new NodeDictionary();
  const long = "ü".repeat(40_000);
  expect([nodes.addText(long + "a"), nodes.addText(long + "b"), nodes.addText("")]).toEqual([0, 1, 2]);
  const labels = nodes.column(11);
  expect([0, 1, 2].map((i) => textAt(labels, i))).toEqual(["üüüü…", "üüüü…", ""]);
});
