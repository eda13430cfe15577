// Records what Python and PySpark compute, for the unit tests of runtime/rdd: node tests/conformance/rdd-values/record.ts
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const python = join(import.meta.dirname, "../../../.sightline/spark/bin/python");
const rdd = join(import.meta.dirname, "../../../runtime/rdd");

record(python, "portable_hash.py", "worker/partition-of.golden.json");
record(python, "python_random.py", "random/python-random.golden.json");
record("java", "JavaDraws.java", "random/java-random.golden.json");

/** Keeps a script's lines, each JSON, as one JSON array with a line for each. */
function record(program: string, script: string, golden: string): void {
  const output = execFileSync(program, [join(import.meta.dirname, script)], {
    encoding: "utf8",
    env: { ...process.env, PYTHONHASHSEED: "0" },
    maxBuffer: 64 << 20,
  });
  writeFileSync(join(rdd, golden), `[\n${output.trimEnd().replaceAll("\n", ",\n")}\n]\n`);
}
