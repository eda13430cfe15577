import { gravityOf, scalingRatio } from "../../runtime/wire/forces.ts";
import type { GraphTable } from "../../runtime/wire/graph-table.ts";
import type { MergedEdges } from "../../runtime/wire/merge-edges.ts";
import type { LayoutInput } from "./layout.ts";

/** Prepares a graph for layout; without positions of its own it starts from a disc, the same for every reader. */
export function layoutInput(graph: GraphTable, edges: MergedEdges, positions = graph.position): LayoutInput {
  const { nodeCount } = graph;
  const { pairs, weights } = edges;
  const masses = new Float32Array(nodeCount).fill(1);
  for (let i = 0; i < pairs.length; i++) masses[pairs[i]] += weights[i >> 1];
  let total = 0;
  for (const mass of masses) total += mass;
  const radius = Math.sqrt((total * scalingRatio) / gravityOf(nodeCount));
  const random = generator(7);
  const start = new Float32Array(nodeCount * 2);
  for (let node = 0; node < nodeCount; node++) {
    // Positions on the wire are rounded: nodes that fell on one spot would never part.
    const spread = positions === undefined ? radius * Math.sqrt(random()) : 0.5 * random();
    const angle = 2 * Math.PI * random();
    start[2 * node] = (positions?.[2 * node] ?? 0) + spread * Math.cos(angle);
    start[2 * node + 1] = (positions?.[2 * node + 1] ?? 0) + spread * Math.sin(angle);
  }
  return { nodeCount, pairs, weights, masses, start };
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
