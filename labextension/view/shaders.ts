// Shaders of the picture. Positions are read from the layout's texture, so that they never leave the GPU.

const placeOf = /* glsl */ `
uniform highp sampler2D positions;
uniform int textureWidth;
vec4 placeOf(int node) {
  vec2 place = texelFetch(positions, ivec2(node % textureWidth, node / textureWidth), 0).xy;
  return projectionMatrix * modelViewMatrix * vec4(place, 0.0, 1.0);
}`;

/**
 * A node as a round sprite. gl_VertexID is the node, through the index buffer that orders them by size.
 * In: position texture (layout units), size 0 to 1, color; radii in device pixels; hovered node or -1.
 * Out: clip space; discRadius in device pixels.
 */
export const pointVertexShader = /* glsl */ `
${placeOf}
uniform vec2 radii;
uniform int hovered;
in float size;
in vec4 color;
out vec4 discColor;
out float discRadius, hasLoop, isHovered;
void main() {
  gl_Position = placeOf(gl_VertexID);
  isHovered = gl_VertexID == hovered ? 1.0 : 0.0;
  discRadius = mix(radii.x, radii.y, size) * (1.0 + 0.25 * isHovered);
  hasLoop = color.a < 0.998 && discRadius > 2.5 ? 1.0 : 0.0;
  // Discs below a pixel stay a pixel and fade instead, or they would flicker.
  discColor = vec4(color.rgb, clamp(discRadius / 0.7, 0.25, 1.0));
  discRadius = max(discRadius, 0.7);
  gl_PointSize = 2.0 * (discRadius * (1.0 + 0.5 * hasLoop) + 2.0);
}`;

/**
 * In: gl_PointCoord over the sprite; discRadius in device pixels; rim, the background's color, as 0 to 1.
 * Out: color with coverage as alpha; a rim parts discs that overlap, a ring outside marks a self loop.
 */
export const pointFragmentShader = /* glsl */ `
uniform vec3 rim, ink;
in vec4 discColor;
in float discRadius, hasLoop, isHovered;
out vec4 result;
void main() {
  float spriteRadius = discRadius * (1.0 + 0.5 * hasLoop) + 2.0;
  float distance = length(gl_PointCoord - 0.5) * 2.0 * spriteRadius;
  float disc = clamp(discRadius + 0.5 - distance, 0.0, 1.0);
  float rimWidth = discRadius > 2.0 ? 1.0 : 0.0;
  float whole = clamp(discRadius + rimWidth + 0.5 - distance, 0.0, 1.0);
  vec3 edge = mix(rim, ink, isHovered);
  result = vec4(mix(edge, discColor.rgb, disc), max(whole * mix(0.85, 1.0, disc), 0.0) * discColor.a);
  float ring = hasLoop * clamp(1.1 - abs(distance - discRadius * 1.4), 0.0, 1.0) * (1.0 - whole);
  result = mix(result, vec4(discColor.rgb, 1.0), ring);
  if (result.a < 0.004) discard;
}`;

/**
 * An edge as a line. With an index buffer gl_VertexID is the node; with colors of its own (OWN_COLORS) each end of an
 * edge is a vertex, and `node` says which.
 * In: position texture (layout units), color. Out: clip space.
 */
export const edgeVertexShader = /* glsl */ `
${placeOf}
in vec4 color;
#ifdef OWN_COLORS
in uint node;
#endif
out vec3 lineColor;
void main() {
#ifdef OWN_COLORS
  gl_Position = placeOf(int(node));
#else
  gl_Position = placeOf(gl_VertexID);
#endif
  lineColor = color.rgb;
}`;

/** In: color blended from end to end, 0 to 1; alpha for all. Out: color with alpha. */
export const edgeFragmentShader = /* glsl */ `
uniform float alpha;
in vec3 lineColor;
out vec4 result;
void main() { result = vec4(lineColor, alpha); }`;
