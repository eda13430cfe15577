import type { GraphTable } from "../wire/graph-table.ts";
import { mergeEdges } from "../wire/merge-edges.ts";
import { groupColor, otherColor } from "../wire/palette.ts";
import { Canvas } from "./canvas.ts";
import { encodePng } from "./png.ts";

const width = 960;
const height = 600;
const margin = 28;
/** Pixels of lines in all; a picture of more edges draws every k-th, as the rest would only make a grey blob. */
const maxLinePixels = 30_000_000;

/** Draws the graph at its positions, as a PNG on white: what is seen where the extension isn't. */
export function drawPicture(graph: GraphTable): Buffer {
  const canvas = new Canvas(width, height, 0xffffff);
  const spots = fit(graph.position ?? new Float32Array(graph.nodeCount * 2));
  const colors = nodeColors(graph);
  const degrees = new Uint32Array(graph.nodeCount);
  for (const node of graph.edges) degrees[node]++;
  drawEdges(canvas, graph, spots, colors);
  drawNodes(canvas, graph, spots, colors, degrees);
  return encodePng(width, height, canvas.pixels);
}

function nodeColors(graph: GraphTable): Uint32Array {
  return Uint32Array.from({ length: graph.nodeCount }, (_, node) => {
    const own = graph.pointColor?.[node] ?? 0;
    if (own !== 0) return own >>> 8;
    return graph.pointColor === undefined ? groupColor(graph.pointGroup?.[node] ?? 255) : otherColor;
  });
}

/** Layout units to pixels: the whole graph, centred, without distortion. */
function fit(positions: Float32Array): Float32Array {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    left = Math.min(left, positions[i]);
    right = Math.max(right, positions[i]);
    bottom = Math.min(bottom, positions[i + 1]);
    top = Math.max(top, positions[i + 1]);
  }
  const scale = Math.min(
    (width - 2 * margin) / (right - left || 1),
    (height - 2 * margin) / (top - bottom || 1),
  );
  return positions.map((value, i) =>
    i % 2 === 0
      ? width / 2 + (value - (left + right) / 2) * scale
      : height / 2 - (value - (bottom + top) / 2) * scale,
  );
}

function drawEdges(canvas: Canvas, graph: GraphTable, spots: Float32Array, colors: Uint32Array): void {
  const { pairs, weights, first, count } = mergeEdges(graph);
  let length = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    length += Math.abs(spots[2 * pairs[i]] - spots[2 * pairs[i + 1]]);
    length += Math.abs(spots[2 * pairs[i] + 1] - spots[2 * pairs[i + 1] + 1]);
  }
  const step = Math.max(1, Math.ceil(length / maxLinePixels));
  // Ink per pixel of the picture: few edges are drawn firmly, many as a haze whose density shows.
  const alpha = Math.min(0.5, Math.max(0.03, 0.55 / Math.sqrt(1 + length / step / (width * height * 0.08))));
  for (let edge = 0; edge < count; edge += step) {
    const from = pairs[2 * edge];
    const to = pairs[2 * edge + 1];
    const own = graph.edgeColor?.[first[edge]] ?? 0;
    const color = own !== 0 ? own >>> 8 : average(colors[from], colors[to]);
    const ink = Math.min(0.8, alpha * Math.sqrt(weights[edge]));
    canvas.line(spots[2 * from], spots[2 * from + 1], spots[2 * to], spots[2 * to + 1], color, ink);
  }
}

function drawNodes(
  canvas: Canvas,
  graph: GraphTable,
  spots: Float32Array,
  colors: Uint32Array,
  degrees: Uint32Array,
): void {
  const sizes = graph.pointSize?.map((size) => (Number.isFinite(size) ? Math.max(0, size) : 0)) ?? degrees;
  let largest = 1;
  for (const size of sizes) largest = Math.max(largest, size);
  const smallRadius = Math.min(6, Math.max(0.4, 60 / Math.sqrt(graph.nodeCount)));
  const largeRadius = smallRadius * 1.5 + 8 * Math.min(1, (3000 / graph.nodeCount) ** 0.3);
  const order = Uint32Array.from(sizes, (_, node) => node).sort((a, b) => sizes[a] - sizes[b] || a - b);
  for (const node of order) {
    const radius = smallRadius + (largeRadius - smallRadius) * Math.sqrt(sizes[node] / largest) ** 1.5;
    const x = spots[2 * node];
    const y = spots[2 * node + 1];
    if (radius > 2) canvas.disc(x, y, radius + 1, 0xffffff, 0.9);
    canvas.disc(x, y, radius, colors[node], radius > 2 ? 1 : 0.8);
  }
}

const average = (a: number, b: number): number => ((a & 0xfefefe) >> 1) + ((b & 0xfefefe) >> 1);
