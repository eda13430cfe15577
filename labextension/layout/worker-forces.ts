import iterate from "graphology-layout-forceatlas2/iterate.js";
import { forceAtlas2Settings, gravityOf } from "../../runtime/wire/forces.ts";
import type { LayoutInput } from "./layout.ts";

/** ForceAtlas2 by graphology on the matrices it works on. */
export class WorkerForces {
  readonly #nodes: Float32Array;
  readonly #edges: Float32Array;

  constructor({ nodeCount, pairs, weights, masses, start }: LayoutInput) {
    this.#nodes = new Float32Array(nodeCount * 10);
    for (let node = 0; node < nodeCount; node++) {
      this.#nodes.set([start[2 * node], start[2 * node + 1], 0, 0, 0, 0, masses[node], 1, 1, 0], node * 10);
    }
    this.#edges = new Float32Array(weights.length * 3);
    for (let edge = 0; edge < weights.length; edge++) {
      this.#edges.set([pairs[2 * edge] * 10, pairs[2 * edge + 1] * 10, weights[edge]], edge * 3);
    }
  }

  /** Does `count` iterations and answers the positions, x and y of node i at 2i and 2i + 1. */
  advance(count: number, heat: number): Float32Array<ArrayBuffer> {
    const nodeCount = this.#nodes.length / 10;
    const settings = forceAtlas2Settings(nodeCount, gravityOf(nodeCount), 1 / Math.max(heat, 1e-3));
    if (nodeCount > 1) for (let i = 0; i < count; i++) iterate(settings, this.#nodes, this.#edges);
    const positions = new Float32Array(nodeCount * 2);
    for (let node = 0; node < nodeCount; node++) {
      positions[2 * node] = this.#nodes[node * 10];
      positions[2 * node + 1] = this.#nodes[node * 10 + 1];
    }
    return positions;
  }
}
