import { ExternalTexture } from "three";
import { gravityOf, scalingRatio } from "../../runtime/wire/forces.ts";
import { FloatTarget } from "./float-target.ts";
import { GlProgram } from "./gl-program.ts";
import type { Layout, LayoutInput } from "./layout.ts";
import { attractionFragmentShader, attractionVertexShader } from "./shaders/attraction.ts";
import { extentShader } from "./shaders/extent.ts";
import { moveShader, speedShader, swingShader } from "./shaders/movement.ts";
import { coverAll } from "./shaders/prelude.ts";
import { coarsenShader, scatterFragmentShader, scatterVertexShader } from "./shaders/pyramid.ts";
import { repulsionShader } from "./shaders/repulsion.ts";

/** Whether this context can add floats by blending, which scatters and sums rely on. */
export function canLayOutOnGpu(gl: WebGL2RenderingContext): boolean {
  return gl.getExtension("EXT_color_buffer_float") !== null && gl.getExtension("EXT_float_blend") !== null;
}

/**
 * ForceAtlas2 on WebGL2. Repulsion reads a mip pyramid of the plane instead of a quadtree; nothing comes back to the
 * processor between iterations. Leaves GL state as it likes: whoever draws afterwards resets theirs.
 */
export class GpuLayout implements Layout {
  readonly description = "ForceAtlas2 on the GPU";
  readonly texture = new ExternalTexture();
  readonly textureWidth: number;
  iteration = 0;
  readonly #gl: WebGL2RenderingContext;
  readonly #nodeCount: number;
  readonly #edgeCount: number;
  readonly #levels: number;
  #positions: [FloatTarget, FloatTarget];
  #forces: [FloatTarget, FloatTarget];
  #states: [FloatTarget, FloatTarget];
  readonly #grid: FloatTarget;
  readonly #extents: FloatTarget[];
  readonly #sums: FloatTarget[];
  readonly #programs: ReturnType<typeof makePrograms>;
  readonly #nothing: WebGLVertexArrayObject;
  readonly #edges: WebGLVertexArrayObject;
  readonly #buffers: WebGLBuffer[];

  constructor(gl: WebGL2RenderingContext, input: LayoutInput) {
    this.#gl = gl;
    const { nodeCount, masses, start } = input;
    this.#nodeCount = nodeCount;
    this.#edgeCount = input.weights.length;
    const width = (this.textureWidth = Math.max(1, Math.ceil(Math.sqrt(nodeCount))));
    // About four cells a node: finer gains no accuracy, coarser puts too many nodes into one.
    this.#levels = Math.min(11, Math.max(6, Math.ceil(Math.log2(2 * Math.sqrt(nodeCount + 1)))));
    const data = new Float32Array(width * width * 4);
    for (let node = 0; node < nodeCount; node++) {
      data.set([start[2 * node], start[2 * node + 1], masses[node], 1], node * 4);
    }
    const target = (values?: Float32Array): FloatTarget => new FloatTarget(gl, width, width, values);
    const state = (): FloatTarget => new FloatTarget(gl, 1, 1, Float32Array.of(0.2, 1, 0, 0));
    this.#positions = [target(data), target(data)];
    this.#forces = [target(new Float32Array(data.length)), target(new Float32Array(data.length))];
    this.#states = [state(), state()];
    const gridSize = 1 << this.#levels;
    this.#grid = new FloatTarget(gl, gridSize, gridSize, undefined, this.#levels + 1);
    this.#extents = foldingTargets(gl, width);
    this.#sums = foldingTargets(gl, width);
    this.#programs = makePrograms(gl);
    this.#nothing = gl.createVertexArray();
    [this.#edges, this.#buffers] = edgeArray(gl, input);
    this.texture.sourceTexture = this.#positions[0].texture;
  }

  advance(count: number, heat: number): void {
    const gl = this.#gl;
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.SCISSOR_TEST);
    gl.disable(gl.CULL_FACE);
    gl.disable(gl.BLEND);
    gl.blendEquation(gl.FUNC_ADD);
    gl.blendFunc(gl.ONE, gl.ONE);
    gl.colorMask(true, true, true, true);
    for (let i = 0; i < count; i++) this.#iterate(heat);
    this.texture.sourceTexture = this.#positions[0].texture;
    gl.bindVertexArray(null);
  }

  read(): Float32Array {
    const texels = this.#positions[0].read();
    const positions = new Float32Array(this.#nodeCount * 2);
    for (let node = 0; node < this.#nodeCount; node++) {
      positions[2 * node] = texels[4 * node];
      positions[2 * node + 1] = texels[4 * node + 1];
    }
    return positions;
  }

  dispose(): void {
    const gl = this.#gl;
    const targets = [
      ...this.#positions,
      ...this.#forces,
      ...this.#states,
      ...this.#extents,
      ...this.#sums,
      this.#grid,
    ];
    for (const target of targets) target.dispose();
    for (const program of Object.values(this.#programs)) program.dispose();
    for (const buffer of this.#buffers) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.#edges);
    gl.deleteVertexArray(this.#nothing);
    this.texture.dispose();
  }

  #iterate(heat: number): void {
    const gl = this.#gl;
    const { swing, speed, move } = this.#programs;
    const [positions, nextPositions] = this.#positions;
    const [forces, before] = this.#forces;
    const [state, nextState] = this.#states;
    const gravity = gravityOf(this.#nodeCount);
    const numbers = { width: this.textureWidth, nodeCount: this.#nodeCount, scalingRatio, gravity, heat };

    const extent = this.#fold(this.#programs.extent, this.#extents, { values: positions.texture });
    this.#buildPyramid(positions.texture, extent);
    gl.bindVertexArray(this.#nothing);
    this.#cover(
      this.#programs.repulsion,
      forces,
      { positions: positions.texture, extent, grid: this.#grid.texture },
      {
        ...numbers,
        levels: this.#levels,
      },
    );
    this.#pullEdges(positions.texture, forces);
    gl.bindVertexArray(this.#nothing);
    const sums = this.#fold(swing, this.#sums, {
      values: forces.texture,
      before: before.texture,
      positions: positions.texture,
    });
    this.#cover(speed, nextState, { state: state.texture, sums });
    const inputs = { positions: positions.texture, forces: forces.texture, before: before.texture };
    this.#cover(move, nextPositions, { ...inputs, state: nextState.texture, extent }, numbers);

    this.#positions = [nextPositions, positions];
    this.#forces = [before, forces];
    this.#states = [nextState, state];
    this.iteration++;
  }

  #buildPyramid(positions: WebGLTexture, extent: WebGLTexture): void {
    const gl = this.#gl;
    const gridSize = 1 << this.#levels;
    gl.bindVertexArray(this.#nothing);
    this.#grid.bind();
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.#programs.scatter.use({ positions, extent }, { width: this.textureWidth, gridSize });
    gl.enable(gl.BLEND);
    gl.drawArrays(gl.POINTS, 0, this.#nodeCount);
    gl.disable(gl.BLEND);
    for (let level = 1; level <= this.#levels - 2; level++) {
      this.#grid.restrict(level - 1, level - 1);
      this.#grid.bind(level);
      this.#programs.coarsen.use({ grid: this.#grid.texture });
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    }
    this.#grid.restrict(0, this.#levels);
  }

  #pullEdges(positions: WebGLTexture, forces: FloatTarget): void {
    if (this.#edgeCount === 0) return;
    const gl = this.#gl;
    gl.bindVertexArray(this.#edges);
    forces.bind();
    gl.enable(gl.BLEND);
    for (const end of [0, 1]) {
      this.#programs.attraction.use({ positions }, { width: this.textureWidth, end });
      gl.drawArrays(gl.POINTS, 0, this.#edgeCount);
    }
    gl.disable(gl.BLEND);
  }

  /** Runs `program` over shrinking targets, the first on `textures`, the others on the one before; answers the last. */
  #fold(program: GlProgram, targets: FloatTarget[], textures: Record<string, WebGLTexture>): WebGLTexture {
    this.#gl.bindVertexArray(this.#nothing);
    let values = textures.values;
    targets.forEach((target, run) => {
      const numbers = { isFirst: run === 0 ? 1 : 0, nodeCount: this.#nodeCount };
      this.#cover(program, target, { ...textures, values }, numbers);
      values = target.texture;
    });
    return values;
  }

  #cover(
    program: GlProgram,
    target: FloatTarget,
    textures: Record<string, WebGLTexture>,
    numbers: Record<string, number> = {},
  ): void {
    target.bind();
    program.use(textures, numbers);
    this.#gl.drawArrays(this.#gl.TRIANGLES, 0, 3);
  }
}

function makePrograms(gl: WebGL2RenderingContext) {
  return {
    extent: new GlProgram(gl, coverAll, extentShader),
    scatter: new GlProgram(gl, scatterVertexShader, scatterFragmentShader),
    coarsen: new GlProgram(gl, coverAll, coarsenShader),
    repulsion: new GlProgram(gl, coverAll, repulsionShader),
    attraction: new GlProgram(gl, attractionVertexShader, attractionFragmentShader, ["ends", "weight"]),
    swing: new GlProgram(gl, coverAll, swingShader),
    speed: new GlProgram(gl, coverAll, speedShader),
    move: new GlProgram(gl, coverAll, moveShader),
  };
}

function foldingTargets(gl: WebGL2RenderingContext, width: number): FloatTarget[] {
  const targets: FloatTarget[] = [];
  for (let size = Math.ceil(width / 8); ; size = Math.ceil(size / 8)) {
    targets.push(new FloatTarget(gl, size, size));
    if (size === 1) return targets;
  }
}

function edgeArray(gl: WebGL2RenderingContext, input: LayoutInput): [WebGLVertexArrayObject, WebGLBuffer[]] {
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  const buffers = [input.pairs, input.weights].map((data, location) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(location);
    if (location === 0) gl.vertexAttribIPointer(location, 2, gl.UNSIGNED_INT, 0, 0);
    else gl.vertexAttribPointer(location, 1, gl.FLOAT, false, 0, 0);
    return buffer;
  });
  gl.bindVertexArray(null);
  return [array, buffers];
}
