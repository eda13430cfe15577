import { segmentMatcher } from "../../sql/io/path-pattern.ts";
import type { FileEntry, FileSystem } from "./file-system.ts";

/** Whether a path, or a name in one, may stand for others: `*`, `?`, `[a-c]`, `[^a]`, `{one,other}`, `\*`. */
export function isPattern(path: string): boolean {
  return /[*?[{\\]/.test(path);
}

/** What a folder's readers pass over, and patterns at their end, too. */
export function isHidden(name: string): boolean {
  return /^[_.]/.test(name);
}

/**
 * What a pattern matches, sorted, as Hadoop reads patterns: `*` is within one name, and what is hidden is passed over at
 * the end of the path only.
 */
export async function matchPattern(system: FileSystem, pattern: string): Promise<FileEntry[]> {
  const found = await Promise.all(
    expandBraces(pattern).map((path) => matchNames(system, path.split("/").slice(1))),
  );
  return found.flat().toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

async function matchNames(system: FileSystem, names: readonly string[]): Promise<FileEntry[]> {
  let places = [""];
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    if (!isLast && !isPattern(name)) {
      places = places.map((place) => `${place}/${name}`);
      continue;
    }
    const below = await Promise.all(places.map((place) => entriesOf(system, place, name)));
    const entries = below.flat().filter((entry) => !isLast || !isHidden(entry.name));
    if (isLast) return entries;
    places = entries.filter(({ kind }) => kind === "folder").map(({ path }) => path);
  }
  return [];
}

async function entriesOf(system: FileSystem, place: string, name: string): Promise<FileEntry[]> {
  const plain = name.replaceAll(/\\(.)/gsu, "$1");
  if (!isPattern(name.replaceAll(/\\./gsu, ""))) {
    const entry = await system.status(`${place}/${plain}`);
    return entry ? [entry] : [];
  }
  // The places before it were written out, and may be none, or files.
  if ((await system.status(place || "/"))?.kind !== "folder") return [];
  const matcher = segmentMatcher(name);
  return (await system.list(place || "/")).filter((entry) => matcher.test(entry.name));
}

/** The patterns that braces stand for, those with slashes in them, too: `{a/b,c}` is two. */
export function expandBraces(pattern: string): string[] {
  const match = /^((?:\\.|[^\\{])*)\{((?:\\.|[^\\{}])*)\}(.*)$/su.exec(pattern);
  if (!match) {
    // Braces in braces: the inner ones first.
    const nested = /^(.*)\{((?:\\.|[^\\{}])*)\}(.*)$/su.exec(pattern);
    return nested && !nested[1].endsWith("\\") ? choices(nested) : [pattern];
  }
  return choices(match);
}

function choices([, before, inner, after]: RegExpExecArray): string[] {
  const all = splitUnescaped(inner).flatMap((choice) => expandBraces(`${before}${choice}${after}`));
  return [...new Set(all)];
}

function splitUnescaped(text: string): string[] {
  return text.match(/(?:\\.|[^\\,])+|(?<=^|,)(?=,|$)/gsu) ?? [""];
}
