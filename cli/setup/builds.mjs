// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { explainFailure } from "./explain-failure.mjs";
import { runLogged } from "./run-logged.mjs";
import { hashInputs, Stamp } from "./stamp.mjs";

/**
 * Runs one build script when its sources changed or a product of it is missing.
 * @param {import("./project.mjs").Project} project
 * @param {{ name: string, title: string, script: string, sources: string[], products: string[], force?: boolean }} options
 *   paths from the root
 * @returns {import("./main.mjs").Step}
 */
export function build(project, { name, title, script, sources, products, force = false }) {
  const path = (/** @type {string} */ from) => join(project.root, from);
  const stamp = new Stamp(
    project,
    name.replaceAll(" ", "-"),
    hashInputs([], [...sources, "package-lock.json"].map(path)),
  );
  return {
    name,
    title,
    isNeeded: () => force || !stamp.isValid || products.some((product) => !existsSync(path(product))),
    async run(onStart) {
      stamp.remove();
      const result = await runLogged(project, [project.node, path(script)], { onStart });
      if (!result.ok) throw explainFailure(project, `node ${script}`, "the network", result.output);
      stamp.write();
    },
  };
}
