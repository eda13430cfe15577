import type { GraphTable } from "./graph-table.ts";

/** Edges with those between the same two nodes, in either direction, made one: what is laid out and drawn. */
export interface MergedEdges {
  readonly count: number;
  /** The two nodes of merged edge i at 2i and 2i + 1, the lower index first; self loops are left out. */
  readonly pairs: Uint32Array;
  /** How strongly it pulls, above 0: 1 for one edge of average weight, growing with the logarithm of their sum. */
  readonly weights: Float32Array;
  /** One of the edges of the table that it stands for: the first. */
  readonly first: Uint32Array;
}

/** An edge of weight 0 or below still belongs to its nodes: it pulls this much. */
const minWeight = 0.01;

/** Merges the edges of a graph. Weights that aren't numbers count as average, negative ones as 0. */
export function mergeEdges({ nodeCount, edgeCount, edges, edgeWeight }: GraphTable): MergedEdges {
  const keys = new Float64Array(edgeCount);
  let kept = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    const from = edges[2 * edge];
    const to = edges[2 * edge + 1];
    if (from !== to) keys[kept++] = Math.min(from, to) * nodeCount + Math.max(from, to);
  }
  const sorted = keys.subarray(0, kept).sort();
  let count = 0;
  for (let i = 0; i < kept; i++) if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i];
  const unique = sorted.subarray(0, count);

  const sums = new Float64Array(count);
  const first = new Uint32Array(count).fill(0xffffffff);
  const mean = meanWeight(edgeWeight);
  for (let edge = 0; edge < edgeCount; edge++) {
    const from = edges[2 * edge];
    const to = edges[2 * edge + 1];
    if (from === to) continue;
    const place = find(unique, Math.min(from, to) * nodeCount + Math.max(from, to));
    const weight = edgeWeight === undefined ? 1 : edgeWeight[edge] / mean;
    sums[place] += Number.isFinite(weight) ? Math.max(0, weight) : 1;
    if (first[place] === 0xffffffff) first[place] = edge;
  }
  const pairs = new Uint32Array(count * 2);
  unique.forEach((key, i) => {
    pairs[2 * i] = Math.floor(key / nodeCount);
    pairs[2 * i + 1] = key % nodeCount;
  });
  const weights = Float32Array.from(sums, (sum) => (sum <= 1 ? Math.max(minWeight, sum) : 1 + Math.log(sum)));
  return { count, pairs, weights, first };
}

function meanWeight(weights: Float32Array | undefined): number {
  let sum = 0;
  let count = 0;
  for (const weight of weights ?? []) {
    if (!Number.isFinite(weight) || weight <= 0) continue;
    sum += weight;
    count++;
  }
  return count === 0 ? 1 : sum / count;
}

function find(sorted: Float64Array, key: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
