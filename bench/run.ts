// `npm run bench NAME …`: runs bench/NAME.ts with the remaining words; without a name, lists what there is.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length));
const [name, ...args] = process.argv.slice(2);

if (name && names.includes(name)) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...args], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} else {
  const list =
    names.length > 0 ? names.map((each) => `npm run bench ${each}`).join("\n") : "There is none yet.";
  if (name) console.error(`There is no benchmark ${name}.\n${list}`);
  else console.log(list);
  process.exitCode = name ? 1 : 0;
}
