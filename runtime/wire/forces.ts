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

/** Up to so many nodes each pair repels each other exactly; above, far groups do as one (Barnes-Hut). */
export const exactNodes = 400;

/**
 * What graphology's ForceAtlas2 is told, so that it and the shaders of the graph cell agree.
 * @param slowDown divides the steps: above 1 the layout is cooling
 */
export function forceAtlas2Settings(nodeCount: number, gravity: number, slowDown: number) {
  return {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio,
    strongGravityMode: true,
    gravity,
    slowDown,
    barnesHutOptimize: nodeCount > exactNodes,
    barnesHutTheta: 1,
  };
}
