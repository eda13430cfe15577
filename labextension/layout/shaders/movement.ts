import { prelude } from "./prelude.ts";

/**
 * How much nodes swing (forces that change) and how much they travel (forces that stay), by mass; each run folds 8 × 8
 * texels into one, until one is left.
 * In: first run, forces, forces of the iteration before, positions (z mass); later, the output of the run before.
 * Out: x = swinging, y = traction.
 */
export const swingShader = /* glsl */ `${prelude}
uniform sampler2D values, before, positions;
uniform int isFirst, nodeCount;
out vec4 result;
void main() {
  ivec2 corner = ivec2(gl_FragCoord.xy) * 8, size = textureSize(values, 0);
  vec2 sums = vec2(0.0);
  for (int j = 0; j < 8; j++) for (int i = 0; i < 8; i++) {
    ivec2 texel = corner + ivec2(i, j);
    if (texel.x >= size.x || texel.y >= size.y) continue;
    if (isFirst == 1 && texel.y * size.x + texel.x >= nodeCount) continue;
    vec2 now = texelFetch(values, texel, 0).xy;
    if (isFirst == 0) { sums += now; continue; }
    vec2 past = texelFetch(before, texel, 0).xy;
    sums += texelFetch(positions, texel, 0).z * vec2(length(now - past), 0.5 * length(now + past));
  }
  result = vec4(sums, 0.0, 0.0);
}`;

/**
 * Global speed of ForceAtlas2: as fast as traction allows for the swinging, rising by half at most.
 * In: state (x speed, y efficiency), sums (x swinging, y traction). Out: the next state.
 */
export const speedShader = /* glsl */ `${prelude}
uniform sampler2D state, sums;
out vec4 result;
void main() {
  vec2 last = texelFetch(state, ivec2(0), 0).xy, sum = texelFetch(sums, ivec2(0), 0).xy;
  float target = last.y * sum.y / max(sum.x, 1e-9);
  float efficiency = sum.x > sum.y ? max(0.05, last.y * 0.7) : min(last.y * 1.3, 1.0);
  float speed = last.x + min(target - last.x, 0.5 * last.x);
  result = vec4(max(speed, 1e-4), efficiency, sum);
}`;

/**
 * Moves each node along its force, less the more it swings, and never further than a twentieth of the graph.
 * In: positions (xy in layout units, z mass), forces, forces before, state (x speed), extent; heat 0 to 1.
 * Out: texel = node, xy = new position in layout units, z = mass, w = 1.
 */
export const moveShader = /* glsl */ `${prelude}
uniform sampler2D positions, forces, before, state, extent;
uniform int width, nodeCount;
uniform float heat;
out vec4 result;
void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  vec4 node = texelFetch(positions, texel, 0);
  result = node;
  if (texel.y * width + texel.x >= nodeCount) return;
  vec2 force = texelFetch(forces, texel, 0).xy, past = texelFetch(before, texel, 0).xy;
  float speed = texelFetch(state, ivec2(0), 0).x;
  vec2 step = heat * force * speed / (1.0 + sqrt(speed * node.z * length(force - past)));
  float limit = 0.05 * texelFetch(extent, ivec2(0), 0).x, far = length(step);
  if (!(far <= limit)) step = far > 0.0 && far < 1e30 ? step * (limit / far) : vec2(0.0);
  result.xy = node.xy + step;
}`;
