import { prelude } from "./prelude.ts";

/**
 * Repulsion of each node by all others and gravity to the origin. Near cells are read fine, far ones coarse: on each
 * level those that are children of the neighbourhood on the level above and not neighbours themselves; on the finest,
 * the neighbours, too.
 * In: positions (xy in layout units, z mass), extent, grid with all levels (see pyramid.ts; the cell of a node on level
 * l is its finest cell >> l). levels is the coarsest level, of one cell; the two above it are not read.
 * Out: texel = node, xy = force in layout units × mass.
 */
export const repulsionShader = /* glsl */ `${prelude}
uniform sampler2D positions, extent, grid;
uniform int width, levels, nodeCount;
uniform float scalingRatio, gravity;
out vec4 result;

vec2 push(vec4 cell, vec2 place) {
  if (cell.z <= 0.0) return vec2(0.0);
  vec2 away = place - cell.xy / cell.z;
  float squared = dot(away, away);
  return squared > 1e-6 ? away * (cell.z / max(squared, 0.01)) : vec2(0.0);
}

bool isNear(ivec2 cell, ivec2 own) {
  ivec2 distance = abs(cell - own);
  return max(distance.x, distance.y) <= 1;
}

bool isInside(ivec2 cell, int size) {
  return min(cell.x, cell.y) >= 0 && max(cell.x, cell.y) < size;
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  result = vec4(0.0);
  if (texel.y * width + texel.x >= nodeCount) return;
  vec4 node = texelFetch(positions, texel, 0);
  float reach = texelFetch(extent, ivec2(0), 0).x * 1.0001;
  int size = 1 << levels;
  ivec2 fine = clamp(ivec2((node.xy / reach * 0.5 + 0.5) * float(size)), ivec2(0), ivec2(size - 1));
  vec2 force = vec2(0.0);

  ivec2 own = fine >> (levels - 2);
  for (int j = 0; j < 4; j++) for (int i = 0; i < 4; i++) {
    ivec2 cell = ivec2(i, j);
    if (!isNear(cell, own)) force += push(texelFetch(grid, cell, levels - 2), node.xy);
  }
  for (int level = levels - 3; level >= 0; level--) {
    own = fine >> level;
    ivec2 corner = (own >> 1) * 2 - 2;
    for (int j = 0; j < 6; j++) for (int i = 0; i < 6; i++) {
      ivec2 cell = corner + ivec2(i, j);
      if (isInside(cell, size >> level) && !isNear(cell, own)) force += push(texelFetch(grid, cell, level), node.xy);
    }
  }
  for (int j = -1; j <= 1; j++) for (int i = -1; i <= 1; i++) {
    ivec2 cell = fine + ivec2(i, j);
    if (!isInside(cell, size)) continue;
    vec4 sums = texelFetch(grid, cell, 0);
    if (i == 0 && j == 0) sums -= vec4(node.xy * node.z, node.z, 1.0);
    if (sums.w > 0.5) force += push(sums, node.xy);
  }
  result = vec4(node.z * (scalingRatio * force - gravity * node.xy), 0.0, 0.0);
}`;
