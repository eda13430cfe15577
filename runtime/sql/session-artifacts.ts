// Which files `addArtifacts` sends, and under which names.
import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Artifact } from "../connect/artifacts.ts";
import { PlanError } from "../connect/plan-error.ts";
import { checkText } from "./check-text.ts";

/** What the files are: Python modules, archives that workers unpack, or files for workers; none = Java's jars. */
export interface ArtifactOptions {
  readonly pyfile?: boolean;
  readonly archive?: boolean;
  readonly file?: boolean;
}

const kinds = {
  pyfile: { folder: "pyfiles", endings: [".py", ".zip", ".egg", ".jar"] },
  archive: { folder: "archives", endings: [".zip", ".jar", ".tar.gz", ".tgz", ".tar"] },
  file: { folder: "files", endings: [""] },
  jar: { folder: "jars", endings: [".jar"] },
};

/** @throws PlanError for files that aren't there, that aren't of the kind, and for more than one kind */
export function artifactsOf(paths: readonly string[], options: ArtifactOptions): Artifact[] {
  const chosen = (["pyfile", "archive", "file"] as const).filter((kind) => options[kind]);
  if (chosen.length > 1) {
    throw new PlanError(
      `addArtifacts() was told that its files are ${chosen.join(" and ")}.`,
      "Say one of them, in calls of their own.",
    );
  }
  if (paths.length === 0) checkText(undefined, "addArtifacts(path)", 'spark.addArtifacts("lib.jar")');
  const kind = (chosen[0] ?? "jar") as keyof typeof kinds;
  const { folder, endings } = kinds[kind];
  return paths.map((path) => {
    const { file, fragment } = localFile(
      checkText(path, "addArtifacts(path)", 'spark.addArtifacts("lib.jar")'),
    );
    const name = basename(file);
    if (!endings.some((ending) => name.endsWith(ending))) {
      throw new PlanError(
        `addArtifacts() was given ${name}, which is no ${kind === "jar" ? "jar" : kind}: it ends in none of ${endings.join(", ")}.`,
        "Say what it is: spark.addArtifacts(path, { file: true }), or { pyfile: true }, { archive: true }",
      );
    }
    return { path: file, name: `${folder}/${name}${kind === "archive" && fragment ? `#${fragment}` : ""}` };
  });
}

/** The file that `copyFromLocalToFs` sends. */
export function forwardedFile(localPath: string, destPath: string): Artifact {
  const example = 'spark.copyFromLocalToFs("/tmp/here.csv", "/data/there.csv")';
  const { file } = localFile(checkText(localPath, "copyFromLocalToFs(localPath)", example));
  const target = checkText(destPath, "copyFromLocalToFs(destPath)", example);
  if (/^[a-z][\w+.-]*:/i.test(target) || !target.startsWith("/")) {
    throw new PlanError(
      `copyFromLocalToFs() was given ${target} as its target.`,
      `Pass a path from the root, without a scheme: the server's own file system is meant. ${example}`,
    );
  }
  return { path: file, name: `forward_to_fs${target}` };
}

function localFile(given: string): { file: string; fragment: string } {
  const scheme = /^([a-z][\w+.-]+):/i.exec(given)?.[1].toLowerCase();
  if (scheme !== undefined && scheme !== "file") {
    throw new PlanError(`${given} isn't on this machine.`, "Pass a path of this machine, or file:///…");
  }
  const [path, fragment = ""] = given.split("#");
  const file = resolve(scheme === "file" ? fileURLToPath(path) : path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new PlanError(`There is no file ${file}.`, "Pass the path of a file on this machine.");
  }
  return { file, fragment };
}
