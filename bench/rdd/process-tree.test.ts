import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { treeCpuSeconds } from "./process-tree.ts";

test("counts the processes below, also those that have ended", async () => {
  const burn = "const end = process.cpuUsage().user + 300000; while (process.cpuUsage().user < end);";
  const nested = `require("child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(burn)}]); console.log("done"); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ["-e", nested], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(child.stdout, "data");
    expect(treeCpuSeconds(child.pid!)).toBeGreaterThanOrEqual(0.3);
    expect(treeCpuSeconds(process.pid)).toBeGreaterThanOrEqual(treeCpuSeconds(child.pid!));
  } finally {
    child.kill();
  }
});
