/** A small RGB picture in memory, drawn with anti-aliased lines and discs. x goes right, y down, in pixels. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number, background: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
    for (let i = 0; i < this.pixels.length; i += 3) {
      this.pixels[i] = background >> 16;
      this.pixels[i + 1] = (background >> 8) & 0xff;
      this.pixels[i + 2] = background & 0xff;
    }
  }

  /** Mixes `color` (0xRRGGBB) into a pixel; outside the picture nothing happens. */
  blend(x: number, y: number, color: number, alpha: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * 3;
    const { pixels } = this;
    pixels[at] += ((color >> 16) - pixels[at]) * alpha;
    pixels[at + 1] += (((color >> 8) & 0xff) - pixels[at + 1]) * alpha;
    pixels[at + 2] += ((color & 0xff) - pixels[at + 2]) * alpha;
  }

  /** A line one pixel wide. */
  line(x0: number, y0: number, x1: number, y1: number, color: number, alpha: number): void {
    const isSteep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
    const [a0, b0, a1, b1] = isSteep ? [y0, x0, y1, x1] : [x0, y0, x1, y1];
    const slope = a1 === a0 ? 0 : (b1 - b0) / (a1 - a0);
    const start = Math.max(0, Math.round(Math.min(a0, a1)));
    const end = Math.min(isSteep ? this.height - 1 : this.width - 1, Math.round(Math.max(a0, a1)));
    for (let a = start; a <= end; a++) {
      const b = b0 + slope * (a - a0);
      const below = Math.floor(b);
      const share = b - below;
      if (isSteep) {
        this.blend(below, a, color, alpha * (1 - share));
        this.blend(below + 1, a, color, alpha * share);
      } else {
        this.blend(a, below, color, alpha * (1 - share));
        this.blend(a, below + 1, color, alpha * share);
      }
    }
  }

  disc(cx: number, cy: number, radius: number, color: number, alpha: number): void {
    for (let y = Math.floor(cy - radius - 1); y <= cy + radius + 1; y++) {
      for (let x = Math.floor(cx - radius - 1); x <= cx + radius + 1; x++) {
        const coverage = radius + 0.5 - Math.hypot(x - cx, y - cy);
        if (coverage > 0) this.blend(x, y, color, alpha * Math.min(1, coverage));
      }
    }
  }
}
