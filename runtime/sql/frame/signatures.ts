// Arguments of DataFrame's methods that PySpark takes by position or by name.
import type { ColumnOrName } from "../column-name.ts";
import type { Column } from "../column.ts";
import type { JoinType } from "../join-type.ts";
import type { GivenName } from "../typed/schema.ts";

/** Whether the columns of a sort ascend. */
export interface SortDirections {
  readonly ascending?: boolean | readonly boolean[];
}

/** A column to group by, or its place from 1. */
export type GroupKey = ColumnOrName | number;

export interface SampleOptions {
  readonly withReplacement?: boolean;
  readonly fraction: number;
  readonly seed?: number;
}

/** A value that {@link DataFrame.fillna} puts where there is none. */
export type FillValue = string | number | bigint | boolean;

/** The columns that something is done to, by name. */
export type Subset<N> = N | readonly N[] | { readonly subset?: N | readonly N[] };

export interface DropnaOptions<N = string> {
  readonly how?: "any" | "all";
  readonly thresh?: number;
  readonly subset?: N | readonly N[];
}

export type DropnaArguments<N = string> =
  | []
  | [options: DropnaOptions<N>]
  | [how: "any" | "all" | null | undefined, options?: Omit<DropnaOptions<N>, "how">]
  | [how: "any" | "all" | null | undefined, thresh: number | null | undefined, subset?: Subset<N>];

type On = string | readonly string[] | Column | readonly Column[] | null;

export interface JoinOptions {
  readonly on?: On;
  readonly how?: JoinType;
}

export type JoinOnArguments =
  | [on?: On, how?: JoinType | { readonly how?: JoinType }]
  | [options: JoinOptions];

/** What rows are joined on, as it is inferred; a plain object is all the options. */
export type JoinOn<S> =
  | GivenName<S>
  | readonly GivenName<S>[]
  | Column
  | readonly Column[]
  | JoinOptions
  | null;

type LateralType = "inner" | "left" | "leftouter" | "left_outer" | "cross";

export type LateralOnArguments =
  | [on?: Column | null, how?: LateralType | { readonly how?: LateralType }]
  | [options: { readonly on?: Column | null; readonly how?: LateralType }];

type ColumnsOrOne = ColumnOrName | readonly ColumnOrName[];

export interface UnpivotOptions {
  readonly ids: ColumnsOrOne;
  readonly values?: ColumnsOrOne | null;
  readonly variableColumnName: string;
  readonly valueColumnName: string;
}

export type UnpivotArguments =
  | [ids: ColumnsOrOne, values: ColumnsOrOne | null, variableColumnName: string, valueColumnName: string]
  | [
      ids: ColumnsOrOne,
      values: ColumnsOrOne | null,
      options: Pick<UnpivotOptions, "variableColumnName" | "valueColumnName">,
    ]
  | [ids: ColumnsOrOne, options: Omit<UnpivotOptions, "ids">]
  | [options: UnpivotOptions];

type ExplainModeName = "simple" | "extended" | "codegen" | "cost" | "formatted";

export type ExplainArguments =
  | [extended?: boolean | ExplainModeName]
  | [options: { readonly extended?: boolean; readonly mode?: ExplainModeName }];

export interface ShowOptions {
  readonly n?: number;
  readonly truncate?: number | boolean;
  readonly vertical?: boolean;
}

export type ShowArguments =
  | [
      n?: number,
      truncate?: number | boolean | Omit<ShowOptions, "n">,
      vertical?: boolean | Pick<ShowOptions, "vertical">,
    ]
  | [options: ShowOptions];
