// docs/how-to/files.md: each example but the one with packages runs, and gives what its comment says.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SetupError } from "../../cli/setup/setup-error.mjs";
import { type S3, startS3 } from "../../dev/s3/start-s3.ts";
import { functions as F, SparkSession } from "../../runtime/index.ts";
import { root } from "../support/command.ts";
import { engines, sessionFor } from "../support/engines.ts";

const page = readFileSync(join(root, "docs", "how-to", "files.md"), "utf8");
const examples = [...page.matchAll(/```ts ?(\w*)\n(.*?)```/gs)].map(([, where, code]) => ({ where, code }));

type Check = (found: unknown, expected: string, call: string) => void;
type Program = (
  spark: SparkSession,
  functions: typeof F,
  session: typeof SparkSession,
  check: Check,
) => Promise<void>;

/** Runs the examples as one program, its files in a folder of the test's. */
async function run(spark: SparkSession, folder: string, chosen: readonly string[]): Promise<number> {
  const code = examples
    .filter(({ where }) => chosen.includes(where))
    .map((example) => example.code)
    .join("\n")
    .replaceAll(/(["':])lake\//g, `$1${folder}/lake/`)
    .replaceAll(/^(?:await )(.+); \/\/ (.+)$/gm, (_, call: string, result: string) => {
      return `check(await ${call}, ${JSON.stringify(result)}, ${JSON.stringify(call)});`;
    });
  const program = Object.getPrototypeOf(async () => {}).constructor as new (...text: string[]) => Program;
  let checked = 0;
  const check: Check = (found, expected, call) => {
    assert.equal(String(found), expected, `${call} gives ${found}, not ${expected}`);
    checked++;
  };
  await new program("spark", "F", "SparkSession", "check", code)(spark, F, SparkSession, check);
  return checked;
}

const checksIn = (chosen: readonly string[]) =>
  examples.filter(({ where }) => chosen.includes(where)).flatMap(({ code }) => [...code.matchAll(/; \/\/ /g)])
    .length;

describe.each(engines)("the page on files, on %s", (engine) => {
  const context = sessionFor(engine);
  const folder = () => context.folder;

  test("its examples give what they say", async () => {
    const chosen = ["", engine];
    expect(checksIn(chosen)).toBeGreaterThan(10);
    expect(await run(context.spark, folder(), chosen)).toBe(checksIn(chosen));
    expect(existsSync(`${folder()}/lake/events`)).toBe(true);
  });
});

test("the page on files: S3", { timeout: 300_000 }, async (context) => {
  if (!engines.includes("sail")) context.skip("ENGINES=sail npm test -- files-page");
  const before = { ...process.env };
  let s3: S3;
  try {
    s3 = await startS3("lake");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return context.skip("npm test -- files-page  # with a Python package index in reach");
  }
  Object.assign(process.env, s3.variables);
  const spark = await SparkSession.builder.remote("sail").getOrCreate();
  const events = /const events = .*?;\n/s.exec(examples[0].code)![0];
  examples.push({ where: "s3-frame", code: events });
  examples.unshift(examples.pop()!);
  expect(await run(spark, "", ["s3-frame", "s3"])).toBe(checksIn(["s3"]));
  await spark.stop();
  await s3.stop();
  for (const name of Object.keys(s3.variables)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});
