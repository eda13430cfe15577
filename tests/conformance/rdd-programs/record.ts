// Records programs from real PySpark: node tests/conformance/rdd-programs/record.ts [area…] [--again]. What was recorded
// before, of the same Python text, is kept, without --again.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as data from "./data.ts";
import { type Golden, loadAreas, writeGoldens } from "./golden.ts";
import { sorted } from "./tagged.ts";

const python = join(import.meta.dirname, "../../../.sightline/spark/bin/python");
const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith("-"));
const areas = await loadAreas();
const unknown = names.find((name) => !areas.some((area) => area.name === name));
if (unknown !== undefined || !existsSync(python)) {
  console.error(
    unknown === undefined
      ? "Recording needs pyspark: npm run setup -- --spark"
      : `No programs are called "${unknown}". There are: ${areas.map((area) => area.name).join(", ")}`,
  );
  process.exit(2);
}

interface Answer {
  readonly value?: unknown;
  readonly raises?: string;
  readonly broken?: string;
}

const recorder = spawn(python, [join(import.meta.dirname, "recorder.py")], {
  stdio: ["pipe", "pipe", "inherit"],
  env: { ...process.env, PYTHONHASHSEED: "0" },
});
const lines = createInterface({ input: recorder.stdout })[Symbol.asyncIterator]();
recorder.stdin.write(`${JSON.stringify(data)}\n`);

let failed = 0;
for (const area of areas) {
  if (names.length > 0 && !names.includes(area.name)) continue;
  const goldens = new Map<string, Golden>();
  let recorded = 0;
  for (const { name, python, options } of area.programs) {
    const before = area.goldens.get(name);
    if (before?.python === python && !words.includes("--again")) {
      goldens.set(name, before);
      continue;
    }
    recorder.stdin.write(`${JSON.stringify({ python })}\n`);
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`"${name}" ended PySpark`);
    const answer = JSON.parse(line) as Answer;
    const fault =
      answer.broken ??
      (answer.raises !== undefined &&
        options.fails === undefined &&
        `raises, but has no \`fails\`: ${answer.raises}`);
    if (fault) {
      failed++;
      console.error(`${area.name}: "${name}" ${fault}`);
      continue;
    }
    recorded++;
    goldens.set(
      name,
      answer.raises === undefined
        ? { python, value: canonical(answer.value) }
        : { python, raises: answer.raises },
    );
  }
  writeGoldens(area.name, goldens);
  console.log(`${area.name}: ${recorded} recorded, ${goldens.size - recorded} kept`);
}
recorder.stdin.end();
await new Promise((resolve) => recorder.once("exit", resolve));
process.exit(failed > 0 ? 1 : 0);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, canonical(part)]));
  return "$set" in fields ? { $set: sorted(fields.$set as unknown[]) } : fields;
}
