// Records cases: node tests/conformance/record.ts [area…] [--again]. What was recorded before is kept, without --again.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { SparkSession } from "../../runtime/index.ts";
import { compactSchema } from "./recorded/compact-schema.ts";
import { type AreaOfCases, type Golden, loadAreas, writeGoldens } from "./recorded/golden.ts";
import { markDrawn, normalisePlan } from "./recorded/normalise-plan.ts";
import { settings } from "./recorded/settings.ts";
import { canonical } from "./recorded/tagged.ts";

const python = join(import.meta.dirname, "../../.sightline/spark/bin/python");

interface Answer {
  readonly unconvertible?: string;
  readonly plan?: unknown;
  readonly planAgain?: unknown;
  readonly isRandom?: boolean;
  readonly requests?: readonly unknown[];
  readonly asked?: readonly unknown[];
  readonly schema?: unknown;
  readonly rows?: readonly unknown[];
  readonly rowsAgain?: readonly unknown[];
  readonly value?: unknown;
  readonly error?: string;
  readonly isClient?: true;
}

class Recorder {
  readonly #process;
  readonly #lines;

  constructor(remote: string) {
    this.#process = spawn(python, [join(import.meta.dirname, "recorded/recorder.py")], {
      stdio: ["pipe", "pipe", "inherit"],
      // The token is in the address: an argument would be everybody's to read.
      env: { ...process.env, CASE_REMOTE: remote, CASE_SETTINGS: JSON.stringify(settings) },
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async record(text: string): Promise<Golden> {
    const { program, errors } = parseSync("case.ts", `(${text})`);
    if (errors.length > 0) throw new Error(`isn't TypeScript: ${errors[0].message}`);
    const [statement] = program.body;
    if (program.body.length !== 1 || statement.type !== "ExpressionStatement")
      throw new Error("isn't one expression");
    this.#process.stdin.write(`${JSON.stringify({ text, tree: statement.expression })}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("ended pyspark");
    return golden(JSON.parse(value as string) as Answer);
  }

  async end(): Promise<void> {
    this.#process.stdin.end();
    await new Promise((resolve) => this.#process.once("exit", resolve));
  }
}

function golden(answer: Answer): Golden {
  if (answer.unconvertible) throw new Error(`doesn't convert to Python: ${answer.unconvertible}`);
  const rows = canonical(answer.rows) as readonly unknown[] | undefined;
  if (answer.rowsAgain && String(sorted(rows)) !== String(sorted(canonical(answer.rowsAgain) as unknown[]))) {
    throw new Error("gives other rows each time: give it a seed, or reduce them to what is always so");
  }
  const plan = answer.plan && normalisePlan(answer.plan);
  return {
    ...(plan ? { plan: answer.isRandom ? markDrawn(plan, normalisePlan(answer.planAgain)) : plan } : {}),
    ...(answer.requests?.length ? { requests: answer.requests.map(normalisePlan) } : {}),
    ...(answer.asked?.length ? { asked: answer.asked } : {}),
    ...(answer.schema === undefined ? {} : { schema: compactSchema(answer.schema) }),
    ...(rows && { rows }),
    ...("value" in answer ? { value: canonical(answer.value) } : {}),
    ...(answer.error === undefined ? {} : { error: answer.error }),
    ...(answer.isClient && { isClient: true }),
  };
}

function sorted(rows: readonly unknown[] | undefined): string[] {
  return (rows ?? []).map((row) => JSON.stringify(row)).toSorted();
}

/** Records what is new in an area; says how many cases couldn't be. */
async function recordArea(recorder: Recorder, area: AreaOfCases, again: boolean): Promise<number> {
  const goldens = new Map<string, Golden>();
  let failed = 0;
  let recorded = 0;
  for (const { text } of area.cases) {
    const before = again ? undefined : area.goldens.get(text);
    try {
      goldens.set(text, before ?? (await recorder.record(text)));
      if (!before) recorded++;
    } catch (error) {
      failed++;
      console.error(`${area.name}: this case ${(error as Error).message}\n  ${text}`);
    }
  }
  writeGoldens(area.name, goldens);
  console.log(`${area.name}: ${recorded} recorded, ${goldens.size - recorded} kept, ${failed} failed`);
  return failed;
}

const words = process.argv.slice(2);
const areas = await loadAreas();
const names = words.filter((word) => !word.startsWith("-"));
const unknown = names.find((name) => !areas.some((area) => area.name === name));
if (unknown !== undefined || !existsSync(python)) {
  console.error(
    unknown === undefined
      ? "Recording needs pyspark: npm run setup -- --spark"
      : `No cases are called "${unknown}". There are: ${areas.map((area) => area.name).join(", ")}`,
  );
  process.exit(2);
}

let spark: SparkSession | undefined;
let remote = process.env.SPARK_REMOTE;
if (!remote?.startsWith("sc://")) {
  spark = await SparkSession.builder.remote("local[2]").getOrCreate();
  await spark.range(1).count();
  const { host, port, token } = await spark.engine.endpoint();
  remote = `sc://${host}:${port}/;token=${token};use_ssl=false`;
}
// pyspark sends a token over plain text to this name alone.
const recorder = new Recorder(remote.replace(/^sc:\/\/127\.0\.0\.1(?=[:/])/, "sc://localhost"));
let failed = 0;
for (const area of areas) {
  if (names.length === 0 || names.includes(area.name)) {
    failed += await recordArea(recorder, area, words.includes("--again"));
  }
}
await recorder.end();
await spark?.stop();
process.exit(failed > 0 ? 1 : 0);
