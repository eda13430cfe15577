// The package types its graph-object API only; this is the step on bare matrices beneath it.
declare module "graphology-layout-forceatlas2/iterate.js" {
  /**
   * One iteration of ForceAtlas2, in place.
   * @param nodes ten floats a node: x, y, dx, dy, old dx, old dy, mass, convergence, size, fixed
   * @param edges three floats an edge: ten times the index of each node, and the weight
   */
  export default function iterate(settings: object, nodes: Float32Array, edges: Float32Array): void;
}
