// The files of a path and the byte ranges they are read in, as Hadoop's FileInputFormat chooses them.
import { globSync, readdirSync, type Stats, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PlanError } from "../connect/plan-error.ts";
import type { TextSplit } from "./stage.ts";

/** Hadoop's block size for local files. */
const blockBytes = 32 << 20;
/** The last range of a file may be this much larger than the others. */
const slop = 1.1;

/**
 * @param path a file, a folder, a pattern with `*`, or several with commas between; relative to the working folder
 * @throws PlanError when there is no such file
 */
export function textSplits(path: string, minPartitions: number): TextSplit[] {
  const files = readable(path, () => filesOf(path));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const goal = Math.floor(total / Math.max(minPartitions, 1));
  const splitBytes = Math.max(1, Math.min(goal, blockBytes));
  return files.flatMap((file) => splitsOf(file, splitBytes));
}

/** Turns what the system says of a path that it can't look at into what to do. */
function readable<T>(given: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (error instanceof PlanError || !path) throw error;
    throw new PlanError(
      `textFile("${given}") can't read ${path} (${code}).`,
      "Check that it is there and that this account may read it, or name the files beside it by a pattern.",
      { cause: error },
    );
  }
}

interface File {
  readonly path: string;
  readonly size: number;
}

// An empty file has no partitions, as in Spark.
function splitsOf({ path, size }: File, splitBytes: number): TextSplit[] {
  if (size === 0) return [];
  if (path.endsWith(".gz")) return [{ path, start: 0, end: size, isGzip: true }];
  const splits: TextSplit[] = [];
  let start = 0;
  for (; (size - start) / splitBytes > slop; start += splitBytes) {
    splits.push({ path, start, end: start + splitBytes, isGzip: false });
  }
  splits.push({ path, start, end: size, isGzip: false });
  return splits;
}

function filesOf(path: string): File[] {
  const whole = localPath(path);
  if (statOf(whole)) return filesAt(whole, path);
  return path.split(",").flatMap((part) => {
    const local = localPath(part.trim());
    const paths = /[*?[{]/.test(local) && !statOf(local) ? globSync(local).sort() : [local];
    if (paths.length === 0) throw missing(local, part);
    return paths.flatMap((found) => filesAt(found, part));
  });
}

function filesAt(path: string, given: string): File[] {
  const stat = statOf(path);
  if (!stat) throw missing(path, given);
  if (stat.isFile()) return [{ path, size: stat.size }];
  if (!stat.isDirectory()) {
    throw new PlanError(
      `textFile("${given}"): ${path} is neither a file nor a folder, but a device, pipe or socket.`,
      `Copy what comes out of it to a file first: cat '${path}' > lines.txt`,
    );
  }
  return readdirSync(path)
    .filter((name) => !/^[_.]/.test(name)) // as Hadoop: marks and hidden files
    .sort()
    .map((name) => {
      const file = join(path, name);
      const { size, isFolder } = { size: statSync(file).size, isFolder: statSync(file).isDirectory() };
      if (isFolder) {
        throw new PlanError(
          `textFile("${given}") found the folder ${file} inside it, and reads only files.`,
          `Name the files: sc.textFile("${join(path, "*", "*")}")`,
        );
      }
      return { path: file, size };
    });
}

function localPath(path: string): string {
  if (path.startsWith("file:")) return fileURLToPath(path.replace(/^file:\/*/, "file:///"));
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1];
  if (scheme) {
    throw new PlanError(
      `textFile("${path}") reads files of this machine, not ${scheme}://.`,
      `Read it as a DataFrame: spark.read.text("${path}")`,
    );
  }
  return resolve(path);
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function missing(path: string, given: string): PlanError {
  return new PlanError(
    `textFile("${given}"): there is no file ${path}.`,
    "Check the path; a relative one starts at the notebook's folder, which is " + `${process.cwd()} now.`,
  );
}
