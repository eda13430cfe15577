import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completeLock, missingOptional, type PackageLock } from "../../.ci/complete-lock.ts";
import { root } from "../support/command.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");

describe.each(["package-lock.json", "cli/setup/node/package-lock.json"])("%s", (file) => {
  test("names no registry", () => {
    expect(read(file)).not.toMatch(/"resolved": "https?:/);
  });

  test("holds the packages of all systems, without which npm ci refuses it", () => {
    const missing = [...missingOptional(JSON.parse(read(file))).keys()];
    expect(missing, "run node .ci/complete-lock.ts").toEqual([]);
  });
});

describe.each(["requirements.txt", "requirements-spark.txt", "requirements-hub.txt"])("%s", (file) => {
  test("pins each package to a version and its hashes, and names no index", () => {
    const text = read(file);
    const packages = text.split(/\n(?=[a-z])/i).filter((entry) => /^[a-z]/i.test(entry));
    expect(packages.length).toBeGreaterThan(10);
    for (const entry of packages)
      expect(entry).toMatch(/^[\w.-]+==[\w.!+]+ [^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64}/);
    expect(text).not.toMatch(/https?:|--index-url|--find-links/);
  });
});

test("a lock is completed with the system that a package's name tells", () => {
  const lock: PackageLock = {
    packages: {
      "node_modules/p": {
        optionalDependencies: { "@p/b-linux-arm64-musl": "1.2.3", "p-darwin-x64": "1.2.3" },
      },
      "node_modules/p/node_modules/p-darwin-x64": { version: "1.2.3" },
    },
  };
  expect(completeLock(lock).packages["node_modules/@p/b-linux-arm64-musl"]).toEqual({
    version: "1.2.3",
    cpu: ["arm64"],
    libc: ["musl"],
    optional: true,
    os: ["linux"],
  });
  expect([...missingOptional(completeLock(lock)).keys()]).toEqual([]);
});
