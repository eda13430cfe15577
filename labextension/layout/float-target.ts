/** An RGBA32F texture with a framebuffer for each of its levels. */
export class FloatTarget {
  readonly texture: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly #gl: WebGL2RenderingContext;
  readonly #framebuffers: WebGLFramebuffer[] = [];

  constructor(gl: WebGL2RenderingContext, width: number, height: number, data?: Float32Array, levels = 1) {
    this.#gl = gl;
    this.width = width;
    this.height = height;
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texStorage2D(gl.TEXTURE_2D, levels, gl.RGBA32F, width, height);
    if (data !== undefined) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.FLOAT, data);
    const minify = levels > 1 ? gl.NEAREST_MIPMAP_NEAREST : gl.NEAREST;
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, minify);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    for (let level = 0; level < levels; level++) {
      const framebuffer = gl.createFramebuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, level);
      this.#framebuffers.push(framebuffer);
    }
  }

  /** Directs drawing to `level`, all of it. */
  bind(level = 0): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffers[level]);
    gl.viewport(0, 0, this.width >> level, this.height >> level);
  }

  /** Lets shaders see only levels `from` to `to`, so that another level may be drawn to meanwhile. */
  restrict(from: number, to: number): void {
    const gl = this.#gl;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_BASE_LEVEL, from);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAX_LEVEL, to);
  }

  /** Waits for the GPU and copies level 0. */
  read(): Float32Array {
    const gl = this.#gl;
    this.bind();
    const data = new Float32Array(this.width * this.height * 4);
    gl.readPixels(0, 0, this.width, this.height, gl.RGBA, gl.FLOAT, data);
    return data;
  }

  dispose(): void {
    for (const framebuffer of this.#framebuffers) this.#gl.deleteFramebuffer(framebuffer);
    this.#gl.deleteTexture(this.texture);
  }
}
