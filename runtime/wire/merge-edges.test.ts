import { expect, test } from "vitest";
import { mergeEdges } from "./merge-edges.ts";
import { utf8Column } from "./utf8-column.ts";

test("edges between the same nodes become one, self loops none", () => {
  const edges = new Uint32Array([2, 0, 1, 1, 0, 2, 0, 1, 2, 0]);
  const graph = { nodeCount: 3, edgeCount: 5, nodeId: utf8Column(3, String), edges };
  const merged = mergeEdges(graph);
  expect([...merged.pairs]).toEqual([0, 1, 0, 2]);
  expect([...merged.first]).toEqual([3, 0]);
  expect(merged.weights[0]).toBe(1);
  expect(merged.weights[1]).toBeCloseTo(1 + Math.log(3));
  const weighted = mergeEdges({ ...graph, edgeWeight: new Float32Array([NaN, 5, -1, 8, 0]) });
  expect([...weighted.weights].every((weight) => weight > 0 && Number.isFinite(weight))).toBe(true);
});
