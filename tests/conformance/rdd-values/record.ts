// Records what Python and PySpark compute, for the unit tests of runtime/rdd: node tests/conformance/rdd-values/record.ts
import { execFileSync } from "node:child_process";
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const spark = join(import.meta.dirname, "../../../.sightline/spark");
const python = join(spark, "bin/python");
const jars = globSync(join(spark, "lib/python3*/site-packages/pyspark/jars/stream-*.jar")).join(":");
const rdd = join(import.meta.dirname, "../../../runtime/rdd");

keep("worker/partition-of.golden.json", listed(run(python, "portable_hash.py")));
keep("random/python-random.golden.json", listed(run(python, "python_random.py")));
keep("stat-counter.golden.json", listed(run(python, "stat_counter.py")));
keep("hyper-log-log.golden.json", listed(run("java", "-cp", jars, "Cardinalities.java")));
keep("hyper-log-log-tables.json", run("java", "-cp", jars, "HyperLogLogTables.java"));

function run(program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, {
    cwd: import.meta.dirname,
    encoding: "utf8",
    env: { ...process.env, PYTHONHASHSEED: "0" },
    maxBuffer: 64 << 20,
  });
}

/** Lines, each JSON, as one JSON array with a line for each. */
function listed(lines: string): string {
  return `[\n${lines.trimEnd().replaceAll("\n", ",\n")}\n]\n`;
}

function keep(path: string, text: string): void {
  writeFileSync(join(rdd, path), text);
}
