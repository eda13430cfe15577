import type { Viewport } from "./viewport.ts";

const maxSamples = 2000;

/**
 * How opaque edges are drawn: firm while they cover little of the screen, a haze whose density shows when they cover all
 * of it many times. Estimated from a sample of the edges, the same for the same positions.
 */
export function edgeAlpha(
  pairs: Uint32Array,
  positions: Float32Array,
  view: Viewport,
  isDark: boolean,
): number {
  const count = pairs.length / 2;
  const step = Math.max(1, Math.floor(count / maxSamples));
  let length = 0;
  for (let edge = 0; edge < count; edge += step) {
    const from = 2 * pairs[2 * edge];
    const to = 2 * pairs[2 * edge + 1];
    length += step * Math.hypot(positions[from] - positions[to], positions[from + 1] - positions[to + 1]);
  }
  const fittedLength = length * view.fittedScale;
  const cover = fittedLength / (view.width * view.height * 0.08);
  const alpha = (isDark ? 0.6 : 0.5) / Math.sqrt(1 + cover / Math.max(1, view.zoom));
  return Math.min(0.6, Math.max(0.02, alpha));
}
