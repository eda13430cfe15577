import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/command.ts";

const absolute = /(?<![\w.~/%-])\/(home|root|Users|work)\/[\w.-]+/;
// Real events name the machines that they come from.
const isData = (file: string) => file.startsWith("examples/data/");

test("tracked files name no place of the machine that they were written on", () => {
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter(Boolean);
  expect(tracked.length).toBeGreaterThan(10);
  const found = tracked
    .filter((file) => !isData(file))
    .flatMap((file) => {
      const match = absolute.exec(readText(file));
      return match ? [`${file}: ${match[0]}`] : [];
    });
  expect(found).toEqual([]);
});

function readText(file: string): string {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    // Deleted in the working tree, not yet in the index.
    return "";
  }
}
