import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/command.ts";

test("README's example runs as it stands, and prints what README says", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, script, output] = /<!-- example:begin -->\n\n```ts\n(.*?)```\n\n```\n(.*?)```/s.exec(readme)!;
  // Inside the project, so that "sightline" is found by its name.
  const folder = join(root, ".sightline", "readme");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "example.ts");
  writeFileSync(file, script);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd: root, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.trim()).toBe(output.trim());
});

test("README's figures are those of bench/results", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const result = (name: string) =>
    JSON.parse(readFileSync(join(root, "bench", "results", `${name}.json`), "utf8")) as Record<
      string,
      number
    >;
  const { readyRatio, roundTripRatio } = result("kernel");
  expect(readme).toContain(`| Kernel ready | ${readyRatio.toFixed(2)} × ipykernel |`);
  expect(readme).toContain(`| \`1+1\` round trip | ${roundTripRatio.toFixed(2)} × ipykernel |`);
  const ingest = result("ingest") as unknown as {
    ratio: number;
    localRatio: number;
    results: { peakMegabytes: number }[];
  };
  const [{ peakMegabytes }] = ingest.results;
  expect(readme).toContain(
    `| ${ingest.ratio.toFixed(2)} × a consumer that drops them, ${peakMegabytes} MB at most |`,
  );
  expect(readme).toContain(`over 300 MB | ${result("rdd").ratio.toFixed(2)} × PySpark's RDD`);
});
