import { describe, expect, test } from "vitest";
import { categoryColors, otherColor } from "../../runtime/wire/palette.ts";
import { utf8Column } from "../../runtime/wire/utf8-column.ts";
import { nodeLooks } from "./node-looks.ts";

const base = {
  nodeCount: 3,
  edgeCount: 2,
  nodeId: utf8Column(3, String),
  edges: new Uint32Array([0, 1, 1, 1]),
};
const colorOf = (colors: Uint8Array, node: number): number =>
  (colors[4 * node] << 16) | (colors[4 * node + 1] << 8) | colors[4 * node + 2];

describe("the looks of nodes", () => {
  test("come from community and degree, and mark self loops", () => {
    const looks = nodeLooks({ ...base, pointGroup: new Uint8Array([0, 1, 255]) });
    expect([...looks.degrees]).toEqual([1, 2, 0]);
    expect([0, 1, 2].map((node) => colorOf(looks.colors, node))).toEqual([
      categoryColors[0],
      categoryColors[1],
      otherColor,
    ]);
    expect([3, 7, 11].map((alpha) => looks.colors[alpha])).toEqual([255, 254, 255]);
    expect([...looks.order]).toEqual([2, 0, 1]);
  });

  test("come from bound columns where there are some, whatever numbers these hold", () => {
    const pointSize = new Float32Array([NaN, -3, Infinity]);
    const looks = nodeLooks({ ...base, pointSize, pointColor: new Uint32Array([0x112233ff, 0, 0]) });
    expect(colorOf(looks.colors, 0)).toBe(0x112233);
    expect(colorOf(looks.colors, 1)).toBe(otherColor);
    expect([...looks.sizes]).toEqual([0, 0, 0]);
  });
});
