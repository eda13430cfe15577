// One program, written for PySpark and for us.
import type { SparkContext } from "../../../runtime/index.ts";

export interface Program {
  readonly name: string;
  /** An expression, or the body of a function that returns; `sc`, `folder` (an empty one) and the tables of `data.ts` are known. */
  readonly python: string;
  readonly run: (sc: SparkContext, folder: string) => unknown;
  readonly options: ProgramOptions;
}

export interface ProgramOptions {
  /** Why the order of PySpark's result means nothing: the result is compared sorted. */
  readonly unordered?: string;
  /** What our error says, where PySpark's program raises. */
  readonly fails?: string;
  /** What an engine lacks; the program must fail there. */
  readonly gap?: { readonly engine: string; readonly why: string };
}

/** A program for the suite: what it shows, PySpark's text, ours. */
export function program(
  name: string,
  python: string,
  run: (sc: SparkContext, folder: string) => unknown,
  options: ProgramOptions = {},
): Program {
  return { name, python, run, options };
}
