import { describe, expect, test } from "vitest";
import { utf8Column } from "../../runtime/wire/utf8-column.ts";
import { nodeLooks } from "./node-looks.ts";
import { pickEdge, pickNode } from "./picking.ts";
import { boxOf, Viewport } from "./viewport.ts";

const edges = new Uint32Array([0, 1, 0, 2, 0, 3, 3, 3]);
const graph = { nodeCount: 4, edgeCount: 4, nodeId: utf8Column(4, String), edges };
const positions = Float32Array.of(0, 0, 100, 0, 0, 100, 1, 0);
const looks = nodeLooks(graph);
const view = new Viewport();
view.width = view.height = 560;
view.fit(boxOf(positions), 50);

describe("picking", () => {
  test("finds the node at a pixel, and none beside it", () => {
    expect(pickNode(...view.toScreen(100, 0), view, positions, looks)).toBe(1);
    expect(pickNode(...view.toScreen(0, 100), view, positions, looks)).toBe(2);
    expect(pickNode(...view.toScreen(60, 60), view, positions, looks)).toBe(-1);
  });

  test("of two that overlap finds the larger, which is drawn on top", () => {
    expect(looks.degrees[0]).toBe(3);
    expect(looks.order.at(-1)).toBe(0);
    expect(pickNode(...view.toScreen(1, 0), view, positions, looks)).toBe(0);
  });

  test("finds the edge that passes a pixel, not its prolongation", () => {
    const pairs = edges.subarray(0, 4);
    expect(pickEdge(...view.toScreen(50, 0.2), view, positions, pairs)).toBe(0);
    expect(pickEdge(...view.toScreen(0.2, 50), view, positions, pairs)).toBe(1);
    expect(pickEdge(...view.toScreen(-40, 0), view, positions, pairs)).toBe(-1);
  });
});
