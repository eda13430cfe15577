import { describe, expect, test } from "vitest";
import { mergeEdges } from "../../runtime/wire/merge-edges.ts";
import { utf8Column } from "../../runtime/wire/utf8-column.ts";
import { layoutInput } from "./layout-input.ts";
import { WorkerForces } from "./worker-forces.ts";

/** Two rings of `size` nodes joined by one edge. */
function rings(size: number) {
  const pairs: number[] = [0, size];
  for (const start of [0, size]) {
    for (let i = 0; i < size; i++)
      pairs.push(start + i, start + ((i + 1) % size), start + i, start + ((i + 2) % size));
  }
  const edges = Uint32Array.from(pairs);
  return { nodeCount: 2 * size, edgeCount: edges.length / 2, nodeId: utf8Column(2 * size, String), edges };
}

describe("the layout in a worker", () => {
  test("pulls what belongs together together, the same way every time", () => {
    const graph = rings(12);
    const run = (): Float32Array => new WorkerForces(layoutInput(graph, mergeEdges(graph))).advance(200, 1);
    const positions = run();
    expect(run()).toEqual(positions);
    const middle = (start: number): [number, number] => {
      const sums: [number, number] = [0, 0];
      for (let i = 0; i < 24; i++) sums[i % 2] += positions[2 * start + i] / 12;
      return sums;
    };
    const apart = Math.hypot(middle(0)[0] - middle(12)[0], middle(0)[1] - middle(12)[1]);
    const [x, y] = middle(0);
    const within = Math.max(
      ...Array.from({ length: 12 }, (_, i) => Math.hypot(positions[2 * i] - x, positions[2 * i + 1] - y)),
    );
    expect(apart).toBeGreaterThan(within);
  });

  test("starts from the positions of the payload, with nodes that fell on one spot parted", () => {
    const graph = { ...rings(3), position: new Float32Array(12) };
    const { start, masses } = layoutInput(graph, mergeEdges(graph));
    expect(new Set(start).size).toBe(12);
    expect(Math.max(...start.map(Math.abs))).toBeLessThan(1);
    expect(masses.every((mass) => mass >= 1)).toBe(true);
  });

  test("leaves one node where it is", () => {
    const graph = { nodeCount: 1, edgeCount: 0, nodeId: utf8Column(1, String), edges: new Uint32Array(0) };
    const input = layoutInput(graph, mergeEdges(graph));
    expect(new WorkerForces(input).advance(5, 1)).toEqual(input.start);
  });
});
