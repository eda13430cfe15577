// A class with a valid call of each of its methods.

/** How many arguments must be given, then arguments. */
export type Call = readonly [needed: number, ...args: readonly unknown[]];

export interface Subject {
  readonly name: string;
  /** An object of the class, made for each call; or what has the functions. */
  make(): object;
  readonly calls: Readonly<Record<string, Call>>;
  /** Not Spark's: for the classes beside it. */
  readonly internal?: readonly string[];
  /** Makes a plan or a job of what a method gave, where that shows nothing yet. */
  finish?(result: never, object: never): unknown;
  /** Methods for which undefined, where it is given, says something. */
  readonly mayBeUndefined?: readonly string[];
  /** Methods that give what is too much to a function of the caller's, or are constructors. */
  readonly takesMore?: readonly string[];
  /** Methods that send numbers as text: settings and options. */
  readonly numbersAsText?: readonly string[];
  /** The other methods of the class are another subject's. */
  readonly isPart?: boolean;
}

/** Calls of several methods that take the same arguments. */
export function sameCall(...call: Call): (...names: string[]) => Record<string, Call> {
  return (...names) => Object.fromEntries(names.map((name) => [name, call]));
}
