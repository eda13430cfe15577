/** A compiled program of the layout, run over all texels of a target or over points. */
export class GlProgram {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #locations = new Map<string, { location: WebGLUniformLocation; type: number }>();

  /** @throws Error with the compiler's log; a sign of a driver that can't do what WebGL2 promises */
  constructor(
    gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
    attributes: readonly string[] = [],
  ) {
    this.#gl = gl;
    const program = gl.createProgram();
    const shaders = [compile(gl, gl.VERTEX_SHADER, vertex), compile(gl, gl.FRAGMENT_SHADER, fragment)];
    for (const shader of shaders) gl.attachShader(program, shader);
    attributes.forEach((name, index) => gl.bindAttribLocation(program, index, name));
    gl.linkProgram(program);
    for (const shader of shaders) gl.deleteShader(shader);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS))
      throw new Error(gl.getProgramInfoLog(program) ?? "no log");
    this.#program = program;
    const count = gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS) as number;
    for (let i = 0; i < count; i++) {
      const { name, type } = gl.getActiveUniform(program, i)!;
      this.#locations.set(name, { location: gl.getUniformLocation(program, name)!, type });
    }
  }

  /** Makes the program current with these textures and numbers; integers and floats by the uniform's own type. */
  use(
    textures: Readonly<Record<string, WebGLTexture>>,
    numbers: Readonly<Record<string, number>> = {},
  ): void {
    const gl = this.#gl;
    gl.useProgram(this.#program);
    Object.entries(textures).forEach(([name, texture], unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniform1i(this.#locations.get(name)!.location, unit);
    });
    for (const [name, value] of Object.entries(numbers)) {
      const uniform = this.#locations.get(name);
      if (uniform?.type === gl.FLOAT) gl.uniform1f(uniform.location, value);
      else if (uniform !== undefined) gl.uniform1i(uniform.location, value);
    }
  }

  dispose(): void {
    this.#gl.deleteProgram(this.#program);
  }
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type)!;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  // A lost context answers null here, and is handled where contexts are.
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getShaderInfoLog(shader) ?? "no log");
  }
  return shader;
}
