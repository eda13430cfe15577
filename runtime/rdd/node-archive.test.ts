import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeNodeArchive } from "./node-archive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-archive-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([0, 1, 511, 512, 513, 3_000_001])(
  "tar unpacks a program of %i bytes, executable and whole",
  async (size) => {
    const program = join(folder, "program");
    const bytes = Buffer.alloc(size, "node ");
    writeFileSync(program, bytes);
    const archive = join(folder, "node.tar.gz");
    const hash = await writeNodeArchive(archive, program);
    expect(hash).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(execFileSync("tar", ["-tzf", archive], { encoding: "utf8" })).toBe("bin/node\n");
    execFileSync("tar", ["-xzf", archive, "-C", folder]);
    const unpacked = join(folder, "bin", "node");
    expect(statSync(unpacked)).toMatchObject({ size, mode: 0o100755 });
    expect(execFileSync("sha256sum", [unpacked], { encoding: "utf8" })).toContain(hash);
  },
);
