import { prelude } from "./prelude.ts";

/**
 * Drops each node, a point of one texel, into its cell of the finest grid; drawn with additive blending.
 * In: positions (xy in layout units, z mass), extent (see extent.ts). The grid covers the extent's square.
 * Out: clip space of the grid; cell sums xy = mass × position in layout units, z = mass, w = count.
 */
export const scatterVertexShader = /* glsl */ `${prelude}
uniform sampler2D positions, extent;
uniform int width, gridSize;
out vec4 share;
void main() {
  vec4 node = texelFetch(positions, ivec2(gl_VertexID % width, gl_VertexID / width), 0);
  float reach = texelFetch(extent, ivec2(0), 0).x * 1.0001;
  ivec2 cell = clamp(ivec2((node.xy / reach * 0.5 + 0.5) * float(gridSize)), ivec2(0), ivec2(gridSize - 1));
  share = vec4(node.xy * node.z, node.z, 1.0);
  gl_PointSize = 1.0;
  gl_Position = vec4((vec2(cell) + 0.5) / float(gridSize) * 2.0 - 1.0, 0.0, 1.0);
}`;

export const scatterFragmentShader = /* glsl */ `${prelude}
in vec4 share;
out vec4 result;
void main() { result = share; }`;

/**
 * Sums 2 × 2 cells of a level into one cell of the next coarser one.
 * In: the grid, restricted to the finer level. Out: texel = cell of the coarser level, same sums.
 */
export const coarsenShader = /* glsl */ `${prelude}
uniform sampler2D grid;
out vec4 result;
void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy) * 2;
  result = texelFetch(grid, cell, 0) + texelFetch(grid, cell + ivec2(1, 0), 0)
    + texelFetch(grid, cell + ivec2(0, 1), 0) + texelFetch(grid, cell + ivec2(1, 1), 0);
}`;
