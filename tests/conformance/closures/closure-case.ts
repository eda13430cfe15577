/** A small program with a closure in it, run in cells of a notebook and as a plain script. */
export interface ClosureCase {
  readonly name: string;
  /** What comes before, cell by cell; in a script one after the other. */
  readonly cells?: readonly string[];
  /** The same for a script, where that has to be written in another way. */
  readonly script?: readonly string[];
  /** The last cell: an expression. */
  readonly value: string;
  /** What it gives. */
  readonly gives?: unknown;
  /** What it gives, as Node shows it: for instances of classes. */
  readonly shows?: string;
  /** That it is refused: parts of the message's first line and of what it says to do. */
  readonly refuses?: readonly [what: string, remedy: string];
  /** Where it throws: the frames of its stack from the first, as "name at cell:line:column"; cells count from 1. */
  readonly throwsAt?: readonly string[];
  /** Syntax that Node runs with --experimental-transform-types only. */
  readonly isTransformed?: true;
  /** Where it can be said at all, if not in both. */
  readonly only?: "cell" | "script";
}

/** Records through one function: `mapped("x => x + 1", [2, 3])` maps 1 and 2. */
export function mapped(fn: string, records = "[1, 2]"): string {
  return `await sc.parallelize(${records}, 2).map(${fn}).collect()`;
}
