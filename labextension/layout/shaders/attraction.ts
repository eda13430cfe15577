import { prelude } from "./prelude.ts";

/**
 * Pull of each edge on one of its ends; a point of one texel an edge, drawn with additive blending, once for each end.
 * In: ends (node indexes, integers), weight (1 is average), positions (xy in layout units).
 * Out: clip space of the force texture, texel = node; xy = force in layout units.
 */
export const attractionVertexShader = /* glsl */ `${prelude}
uniform sampler2D positions;
uniform int width, end;
in uvec2 ends;
in float weight;
out vec2 pull;
ivec2 texelOf(uint node) { return ivec2(int(node) % width, int(node) / width); }
void main() {
  ivec2 pulled = texelOf(end == 0 ? ends.x : ends.y), other = texelOf(end == 0 ? ends.y : ends.x);
  pull = weight * (texelFetch(positions, other, 0).xy - texelFetch(positions, pulled, 0).xy);
  gl_PointSize = 1.0;
  gl_Position = vec4((vec2(pulled) + 0.5) / vec2(textureSize(positions, 0)) * 2.0 - 1.0, 0.0, 1.0);
}`;

export const attractionFragmentShader = /* glsl */ `${prelude}
in vec2 pull;
out vec4 result;
void main() { result = vec4(pull, 0.0, 0.0); }`;
