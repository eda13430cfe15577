import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Tally } from "./tally.ts";

const root = join(import.meta.dirname, "..", "..");
const tools = [
  { name: "types (tsc)", command: ["tsc", "--noEmit"] },
  { name: "types of the lab extension (tsc)", command: ["tsc", "--noEmit", "-p", "labextension"] },
  { name: "lint (oxlint)", command: ["oxlint"] },
  { name: "format (oxfmt)", command: ["oxfmt", "--check"] },
];

/** Runs what `npm run check` runs, each tool counted as one test. */
export function checkTools(tally: Tally): void {
  for (const { name, command } of tools) {
    const [tool, ...args] = command;
    const result = spawnSync(join(root, "node_modules", ".bin", tool), args, { cwd: root, encoding: "utf8" });
    if (result.status === 0) {
      tally.passed++;
      console.log(`ok   ${name}`);
    } else {
      tally.failed++;
      console.log(`FAIL ${name}\n${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`);
    }
  }
}
