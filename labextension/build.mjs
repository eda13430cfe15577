// Builds the extension: esbuild makes lib/ (three apart, to be loaded when a graph is shown), JupyterLab's builder the rest.
// Writes share/jupyter/labextensions/@sightline/labextension. Ends with a non-zero status and the tools' output on failure.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const { build } = require("esbuild");

rmSync(join(here, "lib"), { recursive: true, force: true });
try {
  await build({
    absWorkingDir: here,
    entryPoints: { index: "index.ts", "layout-worker": "layout/layout-worker.ts" },
    outdir: "lib",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    legalComments: "eof",
    loader: { ".css": "text" },
    external: ["@lumino/*", "@jupyterlab/*"],
    logLevel: "warning",
  });
} catch {
  // esbuild has printed why.
  process.exit(1);
}

const builder = join(
  dirname(require.resolve("@jupyter/builder/package.json")),
  "lib",
  "build-labextension.js",
);
const core = join(dirname(require.resolve("@jupyterlab/core-meta/package.json")), "core.package.json");
const result = spawnSync(process.execPath, [builder, "--core-package-file", core, here], {
  encoding: "utf8",
});
if (result.status !== 0) {
  console.error(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`);
  process.exit(result.status || 1);
}
