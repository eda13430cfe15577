import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Jupyter's tools keep their things in the clone, not in the home of who runs the tests.
const home = join(import.meta.dirname, ".sightline", "test-home");
const env = {
  IPYTHONDIR: join(home, "ipython"),
  JUPYTER_CONFIG_DIR: join(home, "config"),
  JUPYTER_DATA_DIR: join(home, "data"),
  JUPYTER_RUNTIME_DIR: join(home, "runtime"),
};
const shared = {
  pool: "forks",
  // Spark's first job, on cold Java and two cores, takes most of a minute when something else runs beside it.
  testTimeout: process.env.ENGINES?.includes("spark") ? 240_000 : 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 10_000,
  env,
} as const;

export default defineConfig({
  test: {
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["{kernel,cli,runtime,labextension,bench}/**/*.test.ts"],
          exclude: ["**/node_modules/**", "labextension/lib/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Servers, browsers and engines: one file at a time, so that none waits for another's processor.
        test: {
          ...shared,
          name: "whole",
          include: ["tests/**/*.test.ts"],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
