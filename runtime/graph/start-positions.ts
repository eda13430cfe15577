// Positions to start from: coarse communities are laid out, then opened level by level, within a budget of work.
// So that programs whose own tsconfig.json includes only themselves know its types.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./graphology-iterate.d.ts" />
import iterate from "graphology-layout-forceatlas2/iterate.js";
import { exactNodes, forceAtlas2Settings, gravityOf, scalingRatio } from "../wire/forces.ts";
import type { Adjacency } from "./adjacency.ts";
import type { CommunityLevel } from "./communities.ts";

/** Node and edge visits in all; about a second of one core. Fixed, so that the same graph gives the same picture. */
const workBudget = 2_500_000;
const maxIterations = 300;

/** x and y of each node, from ForceAtlas2 over the levels of its communities. */
export function startPositions(base: Adjacency, levels: readonly CommunityLevel[]): Float32Array {
  const graphs = [base, ...levels.map((level) => level.graph)];
  const masses: Float32Array[] = [massesOf(base)];
  levels.forEach(({ parents, graph }, depth) => {
    const sums = new Float32Array(graph.nodeCount);
    parents.forEach((parent, node) => (sums[parent] += masses[depth][node]));
    masses.push(sums);
  });
  const gravity = gravityOf(base.nodeCount);
  // Radius of the disc that one unit of mass fills where repulsion and gravity alone are in balance.
  const spacing = Math.sqrt(scalingRatio / gravity);
  let positions = spiral(masses[levels.length], spacing);
  let work = workBudget;
  for (let depth = levels.length; depth >= 0; depth--) {
    const graph = graphs[depth];
    // The finest level gets what the coarser ones, which share three fifths, left.
    const share = depth === 0 ? work : (workBudget * 0.6) / levels.length;
    const cost = iterationCost(graph);
    const iterations = Math.min(maxIterations, Math.floor(share / cost));
    relax(graph, masses[depth], positions, iterations, gravity);
    work -= iterations * cost;
    if (depth > 0) {
      positions = open(levels[depth - 1].parents, masses[depth - 1], masses[depth], positions, 0.6 * spacing);
    }
  }
  return positions;
}

function massesOf({ nodeCount, starts, weights }: Adjacency): Float32Array {
  return Float32Array.from({ length: nodeCount }, (_, node) => {
    let mass = 1;
    for (let i = starts[node]; i < starts[node + 1]; i++) mass += weights[i];
    return mass;
  });
}

function iterationCost({ nodeCount: n, neighbors }: Adjacency): number {
  const pairs = n <= exactNodes ? (n * n) / 16 : n * Math.log2(n + 1);
  return pairs + neighbors.length / 8 + 1;
}

// The heaviest in the middle, each on as much area as it will need; neighbours on the spiral are 137.5° apart.
function spiral(masses: Float32Array, spacing: number): Float32Array {
  const positions = new Float32Array(masses.length * 2);
  const order = Uint32Array.from(masses, (_, node) => node).sort((a, b) => masses[b] - masses[a] || a - b);
  let area = 0;
  order.forEach((node, rank) => {
    area += masses[node];
    const radius = spacing * Math.sqrt(area);
    positions[2 * node] = radius * Math.cos(rank * 2.39996323);
    positions[2 * node + 1] = radius * Math.sin(rank * 2.39996323);
  });
  return positions;
}

/** Puts the members of each community on a spiral about its place, the heaviest in the middle. */
function open(
  parents: Uint32Array,
  masses: Float32Array,
  parentMasses: Float32Array,
  parentPositions: Float32Array,
  spacing: number,
): Float32Array {
  const positions = new Float32Array(parents.length * 2);
  const used = new Float32Array(parentMasses.length);
  const ranks = new Uint32Array(parentMasses.length);
  const order = Uint32Array.from(parents, (_, node) => node).sort((a, b) => masses[b] - masses[a] || a - b);
  for (const node of order) {
    const parent = parents[node];
    const radius = spacing * Math.sqrt(used[parent]);
    const angle = ranks[parent]++ * 2.39996323 + parent;
    used[parent] += masses[node];
    positions[2 * node] = parentPositions[2 * parent] + radius * Math.cos(angle);
    positions[2 * node + 1] = parentPositions[2 * parent + 1] + radius * Math.sin(angle);
  }
  return positions;
}

/** ForceAtlas2 in place. Communities weigh what their members do, so that all levels come to rest at the same scale. */
function relax(
  graph: Adjacency,
  masses: Float32Array,
  positions: Float32Array,
  iterations: number,
  gravity: number,
): void {
  const { nodeCount, starts, neighbors, weights } = graph;
  if (iterations < 1 || nodeCount < 2) return;
  const nodes = new Float32Array(nodeCount * 10);
  for (let node = 0; node < nodeCount; node++) {
    nodes.set([positions[2 * node], positions[2 * node + 1], 0, 0, 0, 0, masses[node], 1, 1, 0], node * 10);
  }
  const edges = new Float32Array((neighbors.length / 2) * 3);
  let end = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (let i = starts[node]; i < starts[node + 1]; i++) {
      if (neighbors[i] <= node || end >= edges.length) continue;
      edges.set([node * 10, neighbors[i] * 10, weights[i]], end);
      end += 3;
    }
  }
  const settings = forceAtlas2Settings(nodeCount, gravity, 1);
  for (let i = 0; i < iterations; i++) iterate(settings, nodes, edges);
  for (let node = 0; node < nodeCount; node++) {
    const x = nodes[node * 10];
    const y = nodes[node * 10 + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    positions[2 * node] = x;
    positions[2 * node + 1] = y;
  }
}
