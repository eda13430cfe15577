import type { GraphTable } from "../../runtime/wire/graph-table.ts";
import type { Viewport } from "./viewport.ts";
import { groupColor, otherColor } from "../../runtime/wire/palette.ts";

/** How nodes look: everything per node that doesn't move. */
export interface NodeLooks {
  /** Edges at a node; a self loop counts once. */
  readonly degrees: Uint32Array;
  /** 0 for the smallest to 1 for the largest node. */
  readonly sizes: Float32Array;
  /** Red, green, blue and 255, or 254 for a node with a self loop. */
  readonly colors: Uint8Array;
  /** Nodes from the smallest to the largest, the order they are drawn in. */
  readonly order: Uint32Array;
}

export function nodeLooks(graph: GraphTable): NodeLooks {
  const { nodeCount, edges, pointColor, pointGroup, pointSize } = graph;
  const degrees = new Uint32Array(nodeCount);
  const colors = new Uint8Array(nodeCount * 4).fill(255);
  for (let i = 0; i < edges.length; i += 2) {
    degrees[edges[i]]++;
    if (edges[i] === edges[i + 1]) colors[4 * edges[i] + 3] = 254;
    else degrees[edges[i + 1]]++;
  }
  for (let node = 0; node < nodeCount; node++) {
    const bound = pointColor?.[node] ?? 0;
    const color = bound !== 0 ? bound >>> 8 : pointColor ? otherColor : groupColor(pointGroup?.[node] ?? 255);
    colors[4 * node] = color >> 16;
    colors[4 * node + 1] = (color >> 8) & 0xff;
    colors[4 * node + 2] = color & 0xff;
  }
  const areas = Float32Array.from(pointSize ?? degrees, (size) =>
    Number.isFinite(size) ? Math.max(0, size) : 0,
  );
  let largest = 1e-9;
  for (const area of areas) largest = Math.max(largest, area);
  const sizes = areas.map((area) => (area / largest) ** 0.75);
  const order = Uint32Array.from(sizes, (_, node) => node).sort((a, b) => sizes[a] - sizes[b] || a - b);
  return { degrees, sizes, colors, order };
}

/** Radius in pixels of the smallest and the largest node when the whole graph is seen. */
export function radiusRange(nodeCount: number): [number, number] {
  const small = Math.min(6, Math.max(0.5, 60 / Math.sqrt(nodeCount)));
  return [small, small * 1.5 + 8 * Math.min(1, (3000 / nodeCount) ** 0.3)];
}

/**
 * What radii are multiplied by in a view: they suit a side of 560 pixels, and grow slower than the plane when it is
 * zoomed, so that zooming in makes room between nodes.
 */
export function radiusGrowth({ width, height, zoom }: Viewport): number {
  const stage = Math.min(1.5, Math.max(0.5, Math.min(width, height) / 560));
  return stage * Math.min(8, Math.max(0.6, zoom ** 0.45));
}
