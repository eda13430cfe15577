import type { NodeLooks } from "./node-looks.ts";
import { radiusGrowth, radiusRange } from "./node-looks.ts";
import type { Viewport } from "./viewport.ts";

/** The node drawn on top at a pixel, or the nearest within `slackPx` of its rim; -1 for none. */
export function pickNode(
  left: number,
  top: number,
  view: Viewport,
  positions: Float32Array,
  looks: NodeLooks,
  slackPx = 4,
): number {
  const [x, y] = view.toLayout(left, top);
  const [small, large] = radiusRange(looks.sizes.length);
  const growth = radiusGrowth(view);
  let found = -1;
  let best = slackPx;
  for (let node = 0; node < looks.sizes.length; node++) {
    const distance = Math.hypot(positions[2 * node] - x, positions[2 * node + 1] - y) * view.scale;
    // Negative inside the disc; of two that overlap the larger is on top, and is kept by drawing order on ties.
    const beyond = distance - (small + (large - small) * looks.sizes[node]) * growth;
    const rank = beyond <= 0 ? -1 - looks.sizes[node] : beyond;
    if (rank < best) {
      best = rank;
      found = node;
    }
  }
  return found;
}

/** The merged edge whose line passes nearest to a pixel, within `slackPx`; -1 for none. */
export function pickEdge(
  left: number,
  top: number,
  view: Viewport,
  positions: Float32Array,
  pairs: Uint32Array,
  slackPx = 4,
): number {
  const [x, y] = view.toLayout(left, top);
  let found = -1;
  let best = (slackPx / view.scale) ** 2;
  for (let edge = 0; edge < pairs.length / 2; edge++) {
    const from = 2 * pairs[2 * edge];
    const to = 2 * pairs[2 * edge + 1];
    const dx = positions[to] - positions[from];
    const dy = positions[to + 1] - positions[from + 1];
    const along = ((x - positions[from]) * dx + (y - positions[from + 1]) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(1, Math.max(0, along));
    const squared = (positions[from] + share * dx - x) ** 2 + (positions[from + 1] + share * dy - y) ** 2;
    if (squared < best) {
      best = squared;
      found = edge;
    }
  }
  return found;
}
