import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs one of the programs in a folder by its name, with the words after it; without a name, lists what there is.
 * @param command how people call it: `npm run bench`
 */
export function runNamed(folder: string, command: string): void {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "run.ts")
    .map((file) => file.slice(0, -".ts".length));
  const [name, ...args] = process.argv.slice(2);
  if (name && names.includes(name)) {
    const { status } = spawnSync(process.execPath, [join(folder, `${name}.ts`), ...args], {
      stdio: "inherit",
    });
    process.exitCode = status ?? 1;
    return;
  }
  const list = names.map((each) => `${command} ${each}`).join("\n");
  if (name) console.error(`There is no ${name} here.\n${list}`);
  else console.log(list);
  process.exitCode = name ? 1 : 0;
}
