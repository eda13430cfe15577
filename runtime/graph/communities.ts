import type { Adjacency } from "./adjacency.ts";

/** One step of coarsening: `parents[v]` is the node of `graph` that node v of the level below went into. */
export interface CommunityLevel {
  readonly parents: Uint32Array;
  readonly graph: Adjacency;
}

const maxLevels = 8;
const maxPasses = 8;

/**
 * Louvain's communities, level by level, finest first; none when no two nodes belong together. The same graph gives
 * the same levels: nodes are visited in their order and ties go to the first.
 */
export function communityLevels(base: Adjacency): CommunityLevel[] {
  const levels: CommunityLevel[] = [];
  for (let graph = base; levels.length < maxLevels;) {
    const parents = moveNodes(graph);
    const count = renumber(parents);
    if (count >= graph.nodeCount) break;
    graph = aggregate(graph, parents, count);
    levels.push({ parents, graph });
  }
  return levels;
}

/** Moves each node to the neighbouring community that gains most modularity, until few move. */
function moveNodes(graph: Adjacency): Uint32Array {
  const { nodeCount, starts, neighbors, weights, loops } = graph;
  const community = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  const strength = new Float64Array(nodeCount);
  let total = 0;
  for (let node = 0; node < nodeCount; node++) {
    let sum = 2 * loops[node];
    for (let i = starts[node]; i < starts[node + 1]; i++) sum += weights[i];
    strength[node] = sum;
    total += sum;
  }
  const totals = strength.slice();
  const linkTo = new Float64Array(nodeCount);
  const touched = new Uint32Array(nodeCount);
  for (let pass = 0, moved = nodeCount; pass < maxPasses && moved > nodeCount / 200; pass++) {
    moved = 0;
    for (let node = 0; node < nodeCount; node++) {
      let touchedCount = 0;
      for (let i = starts[node]; i < starts[node + 1]; i++) {
        const other = community[neighbors[i]];
        if (linkTo[other] === 0) touched[touchedCount++] = other;
        linkTo[other] += weights[i];
      }
      const own = community[node];
      totals[own] -= strength[node];
      let best = own;
      let bestGain = linkTo[own] - (totals[own] * strength[node]) / total;
      for (let i = 0; i < touchedCount; i++) {
        const gain = linkTo[touched[i]] - (totals[touched[i]] * strength[node]) / total;
        if (gain > bestGain + 1e-9) {
          best = touched[i];
          bestGain = gain;
        }
        linkTo[touched[i]] = 0;
      }
      totals[best] += strength[node];
      if (best !== own) moved++;
      community[node] = best;
    }
  }
  return community;
}

/** Makes the numbers in `parents` 0, 1, 2 … in place; answers how many there are. */
function renumber(parents: Uint32Array): number {
  const numbers = new Int32Array(parents.length).fill(-1);
  let count = 0;
  for (let node = 0; node < parents.length; node++) {
    if (numbers[parents[node]] < 0) numbers[parents[node]] = count++;
    parents[node] = numbers[parents[node]];
  }
  return count;
}

function aggregate(graph: Adjacency, parents: Uint32Array, count: number): Adjacency {
  const { nodeCount, starts, neighbors, weights } = graph;
  const memberStarts = new Uint32Array(count + 1);
  for (const parent of parents) memberStarts[parent + 1]++;
  for (let parent = 0; parent < count; parent++) memberStarts[parent + 1] += memberStarts[parent];
  const members = new Uint32Array(nodeCount);
  const next = memberStarts.slice();
  for (let node = 0; node < nodeCount; node++) members[next[parents[node]]++] = node;

  const result = { starts: new Uint32Array(count + 1), loops: new Float32Array(count) };
  const outNeighbors = new Uint32Array(neighbors.length);
  const outWeights = new Float32Array(neighbors.length);
  const linkTo = new Float64Array(count);
  let end = 0;
  for (let parent = 0; parent < count; parent++) {
    const start = end;
    for (let m = memberStarts[parent]; m < memberStarts[parent + 1]; m++) {
      const node = members[m];
      result.loops[parent] += graph.loops[node];
      for (let i = starts[node]; i < starts[node + 1]; i++) {
        const other = parents[neighbors[i]];
        if (other === parent) {
          result.loops[parent] += weights[i] / 2;
          continue;
        }
        if (linkTo[other] === 0) outNeighbors[end++] = other;
        linkTo[other] += weights[i];
      }
    }
    for (let i = start; i < end; i++) {
      outWeights[i] = linkTo[outNeighbors[i]];
      linkTo[outNeighbors[i]] = 0;
    }
    result.starts[parent + 1] = end;
  }
  return {
    nodeCount: count,
    ...result,
    neighbors: outNeighbors.slice(0, end),
    weights: outWeights.slice(0, end),
  };
}
