// The files that a path names: a file, a folder, a pattern, or several of them with commas between.
import { fileURLToPath } from "node:url";
import { PlanError } from "../../connect/plan-error.ts";
import { type FileEntry, type FileSystem, fileSystemOf } from "./file-system.ts";
import { isHidden, isPattern, matchPattern } from "./match-pattern.ts";
import type { Codec, FilePlace } from "./splits.ts";
import { codecSuffix } from "./text-output.ts";

/** A file with what its splits depend on. */
export interface FoundFile {
  readonly place: FilePlace;
  readonly blockBytes: number;
}

export interface FileSearch {
  /** Who asks, for errors: "textFile". */
  readonly method: string;
  /** What to do about a folder in a folder. */
  readonly folders: "refuse" | "skip";
}

/**
 * Looks up the files of a path, sorted; those of a folder without what begins with "_" or ".".
 * @param path a file, a folder, a pattern, or several with commas between; relative to the working folder
 * @throws PlanError when there is none, or one that can't be read
 */
export async function findFiles(path: string, search: FileSearch): Promise<FoundFile[]> {
  if (path.includes("\0")) {
    throw new PlanError(
      `${search.method}() was given the path ${JSON.stringify(path)}.`,
      "A name holds no zero character.",
    );
  }
  try {
    const parts = splitPaths(path);
    // A comma may be part of a name.
    if (parts.length > 1 && !isPattern(path)) {
      const { system, path: whole } = await fileSystemOf(path, search.method);
      const entry = await system.status(whole);
      if (entry) return await filesAt(system, entry, path, search);
    }
    const found: FoundFile[][] = [];
    for (const part of parts) found.push(await filesOf(part, search));
    return found.flat();
  } catch (error) {
    const { code, path: place } = error as NodeJS.ErrnoException;
    if (!place || !code) throw error;
    throw new PlanError(
      `${search.method}("${path}") can't read ${place} (${code}).`,
      "Check that it is there and that this account may read it, or name the files beside it by a pattern.",
      { cause: error },
    );
  }
}

/** Commas within braces belong to the pattern. */
function splitPaths(path: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of path) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (character === "," && depth <= 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

async function filesOf(part: string, search: FileSearch): Promise<FoundFile[]> {
  if (part === "") {
    throw new PlanError(
      `${search.method}() was given a list of paths with an empty one.`,
      'Separate paths by one comma: "one.log,other.log".',
    );
  }
  const { system, path } = await fileSystemOf(part, search.method);
  const entry = (await system.status(path)) ?? (await escapedEntry(system, part));
  if (entry) return filesAt(system, entry, part, search);
  const entries = isPattern(path) ? await matchPattern(system, path) : [];
  if (entries.length === 0) throw missing(system, path, part, search.method);
  const found: FoundFile[][] = [];
  for (const each of entries) found.push(await filesAt(system, each, part, search));
  return found.flat();
}

/** Hadoop's addresses have no escapes, those that JavaScript writes have: what is there decides. */
async function escapedEntry(system: FileSystem, address: string): Promise<FileEntry | undefined> {
  if (!/^file:.*%/is.test(address)) return undefined;
  try {
    return await system.status(fileURLToPath(address));
  } catch {
    return undefined; // not an escape
  }
}

async function filesAt(
  system: FileSystem,
  entry: FileEntry,
  given: string,
  { method, folders }: FileSearch,
): Promise<FoundFile[]> {
  if (entry.kind === "file") return [foundFile(system, entry)];
  if (entry.kind !== "folder") throw notReadable(entry, given, method);
  const inside = (await system.list(entry.path)).filter(({ name }) => !isHidden(name));
  const folder = inside.find(({ kind }) => kind === "folder");
  if (folder && folders === "refuse") {
    throw new PlanError(
      `${method}("${given}") found the folder ${folder.path} inside it, and reads only files.`,
      `Name the files: sc.${method}("${given.replace(/\/$/, "")}/*/*")`,
    );
  }
  const strange = inside.find(({ kind }) => kind === "other");
  if (strange) throw notReadable(strange, given, method);
  return inside.filter(({ kind }) => kind === "file").map((file) => foundFile(system, file));
}

function foundFile({ root, hdfs }: FileSystem, { path, name, size, blockBytes }: FileEntry): FoundFile {
  const end = /\.[a-z]+$/i.exec(name)?.[0].toLowerCase();
  const codec = (Object.keys(codecSuffix) as Codec[]).find((each) => codecSuffix[each] === end);
  return { place: { url: `${root}${path}`, path, size, codec, hdfs }, blockBytes };
}

function missing({ root }: FileSystem, path: string, given: string, method: string): PlanError {
  const isLocal = root === "file:";
  return new PlanError(
    `${method}("${given}"): there is no file ${isLocal ? path : `${root}${path}`}.`,
    isLocal
      ? `Check the path; a relative one starts at the notebook's folder, which is ${process.cwd()} now.`
      : `Check the path: hdfs dfs -ls ${root}${path.slice(0, path.lastIndexOf("/")) || "/"}`,
  );
}

function notReadable({ path }: FileEntry, given: string, method: string): PlanError {
  return new PlanError(
    `${method}("${given}"): ${path} is neither a file nor a folder, but a device, pipe or socket.`,
    `Copy what comes out of it to a file first: cat '${path}' > lines.txt`,
  );
}
