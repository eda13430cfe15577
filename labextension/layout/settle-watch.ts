// Decides when a layout is done: after a number of iterations, or when the nodes hardly move any more.

/** Part of the graph's radius that a node may move in an iteration and still count as at rest. */
const restlessness = 1.5e-4;

export class SettleWatch {
  readonly maxIterations: number;
  /** Iterations between two looks at the positions. */
  readonly interval = 16;
  #before: Float32Array | undefined;
  #iteration = 0;
  #calmLooks = 0;

  constructor(nodeCount: number) {
    this.maxIterations =
      nodeCount <= 2000 ? 500 : nodeCount <= 20_000 ? 320 : nodeCount <= 200_000 ? 200 : 120;
  }

  /** How freely nodes move at `iteration`: 1, then less and less over the last two fifths, so that it ends smoothly. */
  heat(iteration: number): number {
    return Math.min(1, Math.max(0, (1 - iteration / this.maxIterations) / 0.4));
  }

  isDue(iteration: number): boolean {
    return iteration - this.#iteration >= this.interval || iteration >= this.maxIterations;
  }

  /** Looks at the positions at `iteration`; true when the layout has settled. Keeps the array. */
  look(iteration: number, positions: Float32Array): boolean {
    const before = this.#before;
    const steps = iteration - this.#iteration;
    this.#before = positions;
    this.#iteration = iteration;
    if (iteration >= this.maxIterations || positions.length <= 2) return true;
    if (before === undefined || steps < 1) return false;
    let moved = 0;
    let radius = 0;
    for (let i = 0; i < positions.length; i++) {
      moved += (positions[i] - before[i]) ** 2;
      radius += positions[i] ** 2;
    }
    this.#calmLooks = Math.sqrt(moved) <= restlessness * steps * Math.sqrt(radius) ? this.#calmLooks + 1 : 0;
    return this.#calmLooks >= 2;
  }
}
