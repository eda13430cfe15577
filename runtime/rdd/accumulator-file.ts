import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LineFile } from "./line-file.ts";
import type { SparkSession } from "../sql/spark-session.ts";

const files = new WeakMap<SparkSession, string>();

/**
 * The file of a session where functions over columns, and the rows of `toDF()`, write what they add to accumulators:
 * their results are the user's rows alone. It is read after each job.
 * @param apply takes what tasks have added, and gives what went wrong
 * @returns its path
 */
export function accumulatorFile(session: SparkSession, apply: (updates: Buffer[]) => unknown[]): string {
  const known = files.get(session);
  if (known !== undefined) return known;
  const path = join(session.sessionFolder, `added-${randomUUID()}`);
  writeFileSync(path, "", { mode: 0o600 });
  const lines = new LineFile(path);
  session.extend({
    after() {
      const thrown = apply(Array.from(lines.read(), (line) => Buffer.from(line, "base64")));
      if (thrown.length > 0) throw thrown[0];
    },
  });
  files.set(session, path);
  return path;
}
