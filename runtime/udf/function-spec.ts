// What the client tells a worker about a function, and the worker's one more message to the shim.
import type { StructJson, TypeJson } from "../plan/data-type.ts";
import type { ClosureBundle } from "../rdd/closures/bundle.ts";

/** How the engine gives a function its data, and what it makes of the results. */
export type FunctionShape =
  /** Called with the values of each row; one value a row. */
  | "scalar"
  /** Called with the columns of a batch as Arrow vectors; one value a row. */
  | "vectors"
  /** Called with the columns of a group as Arrow vectors; one value. */
  | "aggregate"
  /** Called with an iterator over a partition's batches; yields batches. */
  | "batches"
  /** Called with the table of a group, and its key if `takesKey`; a table. */
  | "group"
  /** Called with the tables of two groups of one key; a table. */
  | "cogroup"
  /** A class: `eval` is called with the arguments of each row, and yields rows. */
  | "table";

export interface FunctionSpec {
  readonly shape: FunctionShape;
  /** What messages call it. */
  readonly name: string;
  /** The function, and in `closures.roots` the only one. */
  readonly closures: ClosureBundle;
  /** The type of its value; a struct where it makes rows. */
  readonly returns: TypeJson;
  /** Of a table function: whether its class has a method for after the last row. */
  readonly terminates?: boolean;
  /** Of a table function: whether it gets the arguments of many rows at once, as Arrow vectors. */
  readonly isArrow?: boolean;
  /** Of shape `batches`: the function is called for what it does with rows or with an iterator over them. */
  readonly each?: "row" | "partition";
  /** Whether tables come and go as rows, not in Arrow's classes. */
  readonly asRows?: boolean;
  /** Whether the one column it gets stands for the rows alone: a function without arguments. */
  readonly takesNothing?: boolean;
  /** Whether the key of the group comes before its table. */
  readonly takesKey?: boolean;
}

/** The schema of what a function's worker sends: its rows, or its values in one column. */
export function resultSchema({ shape, returns }: Pick<FunctionSpec, "shape" | "returns">): StructJson {
  const isRows = shape === "batches" || shape === "group" || shape === "cogroup" || shape === "table";
  if (isRows) return returns as StructJson;
  return { type: "struct", fields: [{ name: "_0", type: returns, nullable: true }] };
}
