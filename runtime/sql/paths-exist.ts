import { access, glob } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SparkError } from "../connect/spark-error.ts";

/**
 * Fails as Spark does when one of the paths isn't there. Looks at paths of this machine only; patterns need one match.
 * @throws SparkError PATH_NOT_FOUND with the whole path
 */
export async function pathsExist(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path)) continue;
    const local = resolve(path.startsWith("file:") ? fileURLToPath(path) : path);
    if (await exists(local)) continue;
    throw new SparkError(
      `PATH_NOT_FOUND: there is no file or folder ${local}.\n` +
        "Check the path; a relative one starts at the notebook's folder.",
      { errorClass: "PATH_NOT_FOUND", sqlState: "42K03" },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  if (/[*?[{]/.test(path)) {
    for await (const _ of glob(path)) return true;
  }
  return access(path).then(
    () => true,
    () => false,
  );
}
