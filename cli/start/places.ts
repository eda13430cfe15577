import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");
const state = join(root, ".sightline");

/** Where `start` finds and keeps things; nothing is outside the clone. */
export const places = {
  root,
  python: join(root, ".venv", "bin", "python"),
  leash: join(root, "cli", "leash.py"),
  kernels: join(root, "share", "jupyter"),
  bin: join(root, "node_modules", ".bin"),
  config: join(state, "jupyter", "config"),
  data: join(state, "jupyter", "data"),
  runtime: join(state, "jupyter", "runtime"),
  ipython: join(state, "jupyter", "ipython"),
  log: join(state, "logs", "jupyter.log"),
} as const;
