/** What every shader of the layout starts with. */
export const prelude = /* glsl */ `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
`;

/** Vertex shader that covers the target with one triangle: draw three vertices. Output is clip space. */
export const coverAll = /* glsl */ `${prelude}
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
}`;
