import type { Texture } from "three";

/** A layout that runs on beside the drawing: it is advanced frame by frame and draws from a texture of its own. */
export interface Layout {
  /** What runs, for the reader of the cell. */
  readonly description: string;
  /** Iterations done. */
  readonly iteration: number;
  /** RGBA32F, `textureWidth` texels a row, node i in texel i: x and y in layout units. */
  readonly texture: Texture;
  readonly textureWidth: number;
  /** Does up to `count` iterations, or has them done elsewhere; `heat` from 1 (free) to 0 (frozen) scales movement. */
  advance(count: number, heat: number): void;
  /** The newest positions, x and y of node i at 2i and 2i + 1. The array is the caller's. */
  read(): Float32Array;
  dispose(): void;
}

/** What a layout works on: merged edges, masses of 1 + the weights at a node, positions to start from. */
export interface LayoutInput {
  readonly nodeCount: number;
  readonly pairs: Uint32Array;
  readonly weights: Float32Array;
  readonly masses: Float32Array;
  readonly start: Float32Array;
}
