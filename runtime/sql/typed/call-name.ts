import type { Column } from "../column.ts";

/** The name of a column given by itself or by name; `string` where it is unknown. */
export type NameOf<C> = C extends Column<infer Name, any> ? Name : C extends string ? C : string;

/**
 * The name that Spark gives a call without an alias: `sum(bytes)`; `string`, which is unknown, where that of the column is.
 * Backticks and qualifiers are not part of Spark's name: with them the name is unknown here.
 */
export type CallName<Function extends string, C> =
  NameOf<C> extends infer Name extends string
    ? string extends Name
      ? string
      : Name extends `${string}.${string}` | `${string}\`${string}` | "*"
        ? string
        : `${Function}(${Name})`
    : string;
