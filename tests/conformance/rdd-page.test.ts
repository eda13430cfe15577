// docs/how-to/rdd.md: its examples are one program, which runs as a script of TypeScript and gives what the comments say.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { root } from "../support/command.ts";
import { engines, remoteOf } from "../support/engines.ts";

const page = readFileSync(join(root, "docs", "how-to", "rdd.md"), "utf8");
const code = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, example]) => example).join("\n");
/** What is awaited on a line, and the value that the comment behind it says. */
const promised = /^await (.+); \/\/ (.+)$/gm;

/** Such lines compare what they give. */
function program(folder: string): string {
  const checked = code
    .replaceAll('"lake/', `"${folder}/lake/`)
    .replaceAll(promised, (_, call: string, value: string) => {
      return `check(await ${call}, ${value}, ${JSON.stringify(call)});`;
    });
  return `import assert from "node:assert/strict";
import { Row, SparkSession, StorageLevel } from "sightline";
let checks = 0;
const check = <T>(found: T, expected: unknown, call: string) => {
  assert.deepEqual(found, expected, \`\${call} gives \${JSON.stringify(found)}\`);
  checks++;
};
const spark = await SparkSession.builder.getOrCreate();
${checked}
await spark.stop();
console.log(\`\${checks} checks\`);
`;
}

describe.each(engines)("the page on RDDs, on %s", (engine) => {
  test("its examples give what they say", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sightline-test-"));
    // Inside the project, so that "sightline" is found by its name.
    const place = join(root, ".sightline", `rdd-page-${process.pid}`);
    mkdirSync(place, { recursive: true });
    const script = join(place, "examples.ts");
    writeFileSync(script, program(folder));
    const env = { ...process.env, SPARK_REMOTE: remoteOf(engine) };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: place, env });
      const count = [...code.matchAll(promised)].length;
      expect(count).toBeGreaterThan(40);
      expect(stdout.trim().split("\n").at(-1)).toBe(`${count} checks`);
    } finally {
      rmSync(place, { recursive: true });
      rmSync(folder, { recursive: true });
    }
  });
});
