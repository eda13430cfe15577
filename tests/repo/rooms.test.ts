import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/command.ts";

let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), "sightline-rooms-"));
  cpSync(join(root, ".oxlintrc.json"), join(tree, ".oxlintrc.json"));
  cpSync(join(root, ".ci", "lint-rooms.mjs"), join(tree, ".ci", "lint-rooms.mjs"));
});

afterAll(() => rmSync(tree, { recursive: true }));

/** What the project's lint says about a tree that holds these files only. */
function lint(files: Record<string, string>): { code: number | null; output: string } {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  const oxlint = join(root, "node_modules", ".bin", "oxlint");
  const { status, stdout, stderr } = spawnSync(oxlint, Object.keys(files), { cwd: tree, encoding: "utf8" });
  for (const file of Object.keys(files)) rmSync(join(tree, file));
  return { code: status, output: stdout + stderr };
}

describe("imports between rooms", () => {
  test.each([
    ["kernel/handlers/a.ts", "../../runtime/sql/dataframe.ts"],
    ["kernel/main.ts", "../labextension/index.ts"],
    ["runtime/sql/a.ts", "../rdd/rdd.ts"],
    ["runtime/sql/a.ts", "../index.ts"],
    ["runtime/rdd/a.ts", "../graph/plot.ts"],
    ["runtime/graph/a.ts", "../../kernel/main.ts"],
    ["runtime/plan/a.ts", "../connect/client.ts"],
    ["runtime/connect/a.ts", "../engines/engine.ts"],
    ["runtime/engines/a.ts", "../sql/row.ts"],
    ["runtime/storage/a.ts", "../sql/row.ts"],
    ["runtime/wire/a.ts", "../jobs/index.ts"],
    ["runtime/jobs/a.ts", "../wire/index.ts"],
    ["labextension/src/a.ts", "../../runtime/graph/plot.ts"],
    ["runtime/a.ts", "../kernel/main.ts"],
  ])("%s must not import %s", (file, specifier) => {
    for (const source of [
      `import { x } from "${specifier}"; x();`,
      `import type { X } from "${specifier}"; export type Y = X;`,
      `export * from "${specifier}";`,
      `export const x = () => import("${specifier}");`,
    ]) {
      const { code, output } = lint({ [file]: source });
      expect(output).toContain("sightline(rooms)");
      expect(code).toBe(1);
    }
  });

  test.each([
    ["kernel/handlers/a.ts", "#runtime"],
    ["kernel/handlers/a.ts", "../../runtime/prewarm.ts"],
    ["kernel/handlers/a.ts", "../protocol/message.ts"],
    ["runtime/index.ts", "./rdd/rdd.ts"],
    ["runtime/rdd/a.ts", "../sql/row.ts"],
    ["runtime/sql/a.ts", "../plan/relation.ts"],
    ["runtime/plan/a.ts", "../connect/generated/spark/connect/base_pb.js"],
    ["runtime/graph/a.ts", "../wire/graph.ts"],
    ["runtime/ingest/a.ts", "../storage/storage.ts"],
    ["runtime/sql/a.ts", "../storage/storage.ts"],
    ["runtime/storage/hdfs/a.ts", "../../text/close-names.ts"],
    ["labextension/src/a.ts", "../../runtime/wire/graph.ts"],
    ["tests/a.ts", "../runtime/sql/row.ts"],
  ])("%s may import %s", (file, specifier) => {
    expect(lint({ [file]: `import { x } from "${specifier}"; x();` })).toMatchObject({ code: 0 });
  });

  test("must not go in circles", () => {
    const { code, output } = lint({
      "runtime/sql/a.ts": `import { b } from "./b.ts"; export const a = () => b;`,
      "runtime/sql/b.ts": `import { a } from "./a.ts"; export const b = () => a;`,
    });
    expect(output).toContain("import(no-cycle)");
    expect(code).toBe(1);
  });

  test("leave TypeScript to the one file that will change with it", () => {
    const source = `import ts from "typescript"; console.log(ts.version);`;
    expect(lint({ "kernel/language/complete.ts": source }).output).toContain(
      "Only kernel/language/compiler.ts",
    );
    expect(lint({ "kernel/language/compiler.ts": source })).toMatchObject({ code: 0 });
  });
});
