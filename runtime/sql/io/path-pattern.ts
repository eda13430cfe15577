/** What is in a folder. */
export interface Entry {
  readonly name: string;
  readonly isDirectory: boolean;
}

/** Lists a folder, given by its names from the root; nothing where there is none. */
export type ListFolder = (folder: readonly string[]) => Promise<readonly Entry[]>;

/** Whether a path, or a name in one, stands for others: `*`, `?`, `[ab]`, `[^a-c]`, `{one,other}`. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

/**
 * What a pattern matches, in order, as Spark reads patterns: `*` is within one name, and hidden names, which begin with
 * "." or "_", are passed over.
 * @param pattern the names of the path, some of them patterns
 */
export async function matchPattern(
  pattern: readonly string[],
  list: ListFolder,
): Promise<{ readonly path: readonly string[]; readonly isDirectory: boolean }[]> {
  const first = pattern.findIndex(isPattern);
  let found: { path: readonly string[]; isDirectory: boolean }[] = [
    { path: pattern.slice(0, first), isDirectory: true },
  ];
  for (const segment of pattern.slice(first)) {
    const matcher = segmentMatcher(segment);
    const folders = found.filter(({ isDirectory }) => isDirectory);
    const below = folders.map(async ({ path }) =>
      (await list(path))
        .filter(({ name }) => matcher.test(name) && !(isHidden(name) && isPattern(segment)))
        .map(({ name, isDirectory }) => ({ path: [...path, name], isDirectory })),
    );
    found = (await Promise.all(below)).flat();
  }
  return found.toSorted((a, b) => compare(a.path.join("/"), b.path.join("/")));
}

/** The patterns that braces stand for, so that those of a pattern may hold slashes: `{a/b,c}` is two. */
export function expandBraces(pattern: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(pattern);
  if (!match) return [pattern];
  const [, before, choices, after] = match;
  const all = choices.split(",").flatMap((choice) => expandBraces(`${before}${choice}${after}`));
  return [...new Set(all)];
}

/** What Spark passes over in folders; `_n=1` is a partition. */
function isHidden(name: string): boolean {
  return name.startsWith(".") || (name.startsWith("_") && !name.includes("="));
}

/** What tells whether a name is one that a name with wildcards, but without braces, stands for. */
export function segmentMatcher(segment: string): RegExp {
  const source = segment.replaceAll(
    /\\(.)|\[([!^]?)((?:\\.|[^\]\\])+)\]|\*+|\?|[.+^$()|{}[\]\\/]/gsu,
    (piece, escaped?: string, not?: string, members?: string) => {
      if (escaped !== undefined) return literal(escaped);
      if (members !== undefined) return `[${not ? "^" : ""}${members.replaceAll(/[[\]^]/g, "\\$&")}]`;
      if (piece.startsWith("*")) return ".*";
      return piece === "?" ? "." : `\\${piece}`;
    },
  );
  return new RegExp(`^${source}$`, "su");
}

function literal(character: string): string {
  return /[.*+?^$()|{}[\]\\/]/.test(character) ? `\\${character}` : character;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
