import { DataTexture, FloatType, NearestFilter, RGBAFormat } from "three";
import type { Layout, LayoutInput } from "./layout.ts";

/** What the worker is told: first the graph, then to go on. */
export type LayoutRequest = { input: LayoutInput } | { count: number; heat: number };

/** What it answers after each turn: the positions and how many iterations the turn had. */
export interface LayoutAnswer {
  positions: Float32Array;
  count: number;
}

/** ForceAtlas2 by graphology in a web worker, for browsers that can't blend floats. */
export class WorkerLayout implements Layout {
  readonly description = "ForceAtlas2 in a worker, as this browser can't lay out on the GPU";
  readonly texture: DataTexture;
  readonly textureWidth: number;
  iteration = 0;
  readonly #worker: Worker;
  readonly #texels: Float32Array;
  #positions: Float32Array;
  #isBusy = false;

  constructor(input: LayoutInput, onFail: (problem: string) => void) {
    const width = (this.textureWidth = Math.max(1, Math.ceil(Math.sqrt(input.nodeCount))));
    this.#texels = new Float32Array(width * width * 4);
    this.texture = new DataTexture(this.#texels, width, width, RGBAFormat, FloatType);
    this.texture.minFilter = this.texture.magFilter = NearestFilter;
    this.#positions = input.start;
    this.#upload();
    this.#worker = new Worker(new URL("./layout-worker.js", import.meta.url));
    this.#worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      this.#isBusy = false;
      this.iteration += data.count;
      this.#positions = data.positions;
      this.#upload();
    };
    this.#worker.onerror = (event) => onFail(event.message);
    this.#worker.postMessage({ input } satisfies LayoutRequest);
  }

  advance(count: number, heat: number): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#worker.postMessage({ count, heat } satisfies LayoutRequest);
  }

  read(): Float32Array {
    return this.#positions.slice();
  }

  dispose(): void {
    this.#worker.terminate();
    this.texture.dispose();
  }

  #upload(): void {
    for (let node = 0; node < this.#positions.length / 2; node++) {
      this.#texels[4 * node] = this.#positions[2 * node];
      this.#texels[4 * node + 1] = this.#positions[2 * node + 1];
    }
    this.texture.needsUpdate = true;
  }
}
