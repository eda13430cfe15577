/** An undirected weighted graph by neighbours: those of node v are neighbors[starts[v] .. starts[v + 1]]. */
export interface Adjacency {
  readonly nodeCount: number;
  readonly starts: Uint32Array;
  readonly neighbors: Uint32Array;
  readonly weights: Float32Array;
  /** Weight of the edges inside node v: self loops, and what aggregation folded into it. */
  readonly loops: Float32Array;
}

/** Makes neighbours of pairs; repeated pairs stay repeated, self loops go to `loops`. */
export function adjacencyOf(nodeCount: number, pairs: Uint32Array, edgeWeights: Float32Array): Adjacency {
  const starts = new Uint32Array(nodeCount + 1);
  const loops = new Float32Array(nodeCount);
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] === pairs[i + 1]) continue;
    starts[pairs[i] + 1]++;
    starts[pairs[i + 1] + 1]++;
  }
  for (let node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
  const neighbors = new Uint32Array(starts[nodeCount]);
  const weights = new Float32Array(starts[nodeCount]);
  const next = starts.slice();
  for (let i = 0; i < pairs.length; i += 2) {
    const from = pairs[i];
    const to = pairs[i + 1];
    const weight = edgeWeights[i >> 1];
    if (from === to) {
      loops[from] += weight;
      continue;
    }
    neighbors[next[from]] = to;
    weights[next[from]++] = weight;
    neighbors[next[to]] = from;
    weights[next[to]++] = weight;
  }
  return { nodeCount, starts, neighbors, weights, loops };
}
