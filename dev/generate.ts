// Rewrites what is made from something else: `npm run generate [-- messages functions capabilities parity]`.
// All of it by default, but function-registry, which needs real Spark.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const generators: Record<string, () => Promise<unknown>> = {
  messages: () => import("../runtime/connect/generate.ts"),
  functions: async () => (await import("./functions/generate.ts")).writeFunctions(),
  "function-registry": async () => (await import("./functions/spark-registry.ts")).writeRegistry(),
  capabilities: writeCapabilities,
  parity: () => import("./parity/generate.ts"),
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(generators, name));
if (unknown !== undefined) {
  console.error(
    `Nothing called "${unknown}" is generated.\nName some of: ${Object.keys(generators).join(", ")}`,
  );
  process.exit(2);
}
for (const name of names.length > 0
  ? names
  : Object.keys(generators).filter((each) => each !== "function-registry")) {
  await generators[name]();
  console.log(`generated ${name}`);
}

async function writeCapabilities(): Promise<void> {
  const { areas } = await import("../tests/conformance/capabilities/index.ts");
  const { withTable } = await import("../tests/conformance/capabilities-table.ts");
  const { loadAreas } = await import("../tests/conformance/recorded/golden.ts");
  const path = join(import.meta.dirname, "..", "README.md");
  writeFileSync(path, withTable(readFileSync(path, "utf8"), areas, await loadAreas()));
}
