import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DevError } from "../dev-error.ts";
import { places } from "../places.ts";

/** What brings Spark into the project, the words of a skipped test. */
export const installSpark = "npm run setup -- --spark";

const environment = join(places.root, ".sightline", "spark");

/** The Spark that set-up put into the project, and the Python that its workers run. */
export interface SparkHome {
  readonly home: string;
  readonly python: string;
}

/**
 * Finds the project's own Spark.
 * @throws DevError with the command that installs it
 */
export function findSpark(): SparkHome {
  const lib = join(environment, "lib");
  for (const version of existsSync(lib) ? readdirSync(lib) : []) {
    const home = join(lib, version, "site-packages", "pyspark");
    if (existsSync(join(home, "jars"))) return { home, python: join(environment, "bin", "python") };
  }
  throw new DevError("Spark is not installed in this project.", `Install it: ${installSpark}`);
}
