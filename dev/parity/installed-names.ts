import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const python = join(import.meta.dirname, "..", "..", ".sightline", "spark", "bin", "python");

/** The content of pyspark-names.golden.json as the installed pyspark gives it; undefined where it isn't installed. */
export function installedNames(): string | undefined {
  if (!existsSync(python)) return undefined;
  const script = join(import.meta.dirname, "pyspark-names.py");
  return execFileSync(python, ["-W", "ignore", script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
