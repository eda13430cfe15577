import { BufferAttribute, BufferGeometry } from "three";
import type { GraphTable } from "../../runtime/wire/graph-table.ts";
import type { MergedEdges } from "../../runtime/wire/merge-edges.ts";
import { otherColor } from "../../runtime/wire/palette.ts";

/**
 * Lines of the merged edges. Without colours of their own they are an index buffer over the nodes, coloured by their
 * ends; with, each end is a vertex that names its node.
 */
export function edgeGeometry(
  graph: GraphTable,
  edges: MergedEdges,
  nodeColor: BufferAttribute,
): BufferGeometry {
  const geometry = new BufferGeometry();
  if (graph.edgeColor === undefined) {
    geometry.setAttribute("color", nodeColor);
    geometry.setIndex(new BufferAttribute(edges.pairs, 1));
    return geometry;
  }
  const colors = new Uint8Array(edges.pairs.length * 4);
  for (let end = 0; end < edges.pairs.length; end++) {
    const own = graph.edgeColor[edges.first[end >> 1]];
    const color = own === 0 ? otherColor : own >>> 8;
    colors.set([color >> 16, (color >> 8) & 0xff, color & 0xff, 255], end * 4);
  }
  geometry.setAttribute("color", new BufferAttribute(colors, 4, true));
  geometry.setAttribute("node", new BufferAttribute(edges.pairs, 1));
  geometry.setDrawRange(0, edges.pairs.length);
  return geometry;
}
