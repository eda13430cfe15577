import { defineConfig } from "vitest/config";

const shared = { pool: "forks", testTimeout: 60_000, hookTimeout: 120_000, teardownTimeout: 10_000 } as const;

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
