import { describe, expect, test } from "vitest";
import { adjacencyOf } from "./adjacency.ts";
import { communityGroups } from "./community-groups.ts";
import { communityLevels } from "./communities.ts";
import { startPositions } from "./start-positions.ts";

/** `count` cliques of `size` nodes, each joined to the next by one edge; and `alone` nodes without edges. */
function cliques(count: number, size: number, alone: number): { nodeCount: number; pairs: Uint32Array } {
  const pairs: number[] = [];
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) pairs.push(c * size + i, c * size + j);
    if (c > 0) pairs.push(c * size, (c - 1) * size + 1);
  }
  return { nodeCount: count * size + alone, pairs: Uint32Array.from(pairs) };
}

const { nodeCount, pairs } = cliques(5, 8, 3);
const graph = adjacencyOf(nodeCount, pairs, new Float32Array(pairs.length / 2).fill(1));
const levels = communityLevels(graph);

describe("communities", () => {
  test("are the cliques, and nodes without edges have none", () => {
    const groups = communityGroups(nodeCount, levels);
    for (let clique = 0; clique < 5; clique++) {
      expect(new Set(groups.subarray(clique * 8, clique * 8 + 8)).size).toBe(1);
    }
    expect(new Set(groups.subarray(0, 40)).size).toBe(5);
    expect([...groups.subarray(40)]).toEqual([255, 255, 255]);
  });

  test("keep the weight of the edges at every level", () => {
    for (const { graph: coarse } of levels) {
      const inside = coarse.loops.reduce((sum, weight) => sum + weight, 0);
      const between = coarse.weights.reduce((sum, weight) => sum + weight, 0) / 2;
      expect(inside + between).toBeCloseTo(pairs.length / 2);
    }
  });

  test("are laid out with members nearer to each other than to the rest", () => {
    const positions = startPositions(graph, levels);
    const distance = (a: number, b: number): number =>
      Math.hypot(positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]);
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(distance(2, 3)).toBeLessThan(distance(2, 35) / 2);
  });
});
