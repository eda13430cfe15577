/** A box in layout units. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The part of the plane that is seen. Layout units have y up; pixels are CSS pixels from the top left corner. */
export class Viewport {
  x = 0;
  y = 0;
  /** Pixels a layout unit. */
  scale = 1;
  width = 1;
  height = 1;
  /** Scale at which the whole graph was last fitted; sizes on screen relate to it. */
  fittedScale = 1;

  /** How far it is zoomed in from the whole graph. */
  get zoom(): number {
    return this.scale / this.fittedScale;
  }

  toScreen(x: number, y: number): [number, number] {
    return [this.width / 2 + (x - this.x) * this.scale, this.height / 2 - (y - this.y) * this.scale];
  }

  toLayout(left: number, top: number): [number, number] {
    return [this.x + (left - this.width / 2) / this.scale, this.y - (top - this.height / 2) / this.scale];
  }

  pan(right: number, down: number): void {
    this.x -= right / this.scale;
    this.y += down / this.scale;
  }

  /** Zooms by `factor` so that what is at the pixel stays there; within bounds that keep numbers exact. */
  zoomAbout(left: number, top: number, factor: number): void {
    const [x, y] = this.toLayout(left, top);
    this.scale = Math.min(this.fittedScale * 2000, Math.max(this.fittedScale / 20, this.scale * factor));
    this.x = x - (left - this.width / 2) / this.scale;
    this.y = y + (top - this.height / 2) / this.scale;
  }

  /** Shows the whole box with `marginPx` around it; one point is shown as if it were a small graph. */
  fit(box: Box, marginPx: number): void {
    const width = Math.max(box.right - box.left, 40);
    const height = Math.max(box.top - box.bottom, 40);
    this.x = (box.left + box.right) / 2;
    this.y = (box.bottom + box.top) / 2;
    const margin = Math.min(marginPx, this.width / 4, this.height / 4);
    this.scale = Math.max(
      1e-9,
      Math.min((this.width - 2 * margin) / width, (this.height - 2 * margin) / height),
    );
    this.fittedScale = this.scale;
  }
}

/** The smallest box around all positions. */
export function boxOf(positions: Float32Array): Box {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    if (positions[i] < left) left = positions[i];
    if (positions[i] > right) right = positions[i];
    if (positions[i + 1] < bottom) bottom = positions[i + 1];
    if (positions[i + 1] > top) top = positions[i + 1];
  }
  return left <= right ? { left, right, bottom, top } : { left: 0, right: 0, bottom: 0, top: 0 };
}
