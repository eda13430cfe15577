import { prelude } from "./prelude.ts";

/**
 * How far the graph reaches: each run folds 8 × 8 texels into one, until one is left.
 * In: first run, positions (layout units; node = y * width + x); later, the output of the run before.
 * Out: x = half the side of the square about the origin that holds all nodes, in layout units.
 */
export const extentShader = /* glsl */ `${prelude}
uniform sampler2D values;
uniform int isFirst, nodeCount;
out vec4 result;
void main() {
  ivec2 corner = ivec2(gl_FragCoord.xy) * 8, size = textureSize(values, 0);
  float reach = 1e-3;
  for (int j = 0; j < 8; j++) for (int i = 0; i < 8; i++) {
    ivec2 texel = corner + ivec2(i, j);
    if (texel.x >= size.x || texel.y >= size.y) continue;
    if (isFirst == 1 && texel.y * size.x + texel.x >= nodeCount) continue;
    vec4 value = texelFetch(values, texel, 0);
    reach = max(reach, isFirst == 1 ? max(abs(value.x), abs(value.y)) : value.x);
  }
  result = vec4(reach);
}`;
