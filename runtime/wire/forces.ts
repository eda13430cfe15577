// The forces that positions of a graph are at rest under, the same wherever they are computed, so that a layout begun in
// the kernel goes on in the browser. ForceAtlas2: masses of 1 + the weights at a node, gravity that grows with distance.

/** Repulsion between two nodes is this × their masses ÷ their distance. */
export const scalingRatio = 10;

/**
 * Gravity is this × mass × distance from the middle. Alone against repulsion it makes a disc of the square root of
 * (scalingRatio × mass of all ÷ gravity) around. Small graphs need more, to keep their components together; large ones
 * less, to let their structure show.
 */
export function gravityOf(nodeCount: number): number {
  return Math.min(0.3, 0.6 / Math.max(1, nodeCount) ** 0.3);
}
