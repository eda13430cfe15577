// Arguments of DataFrame's methods that PySpark takes by position or by name.
import type { ColumnOrName } from "../column-name.ts";
import type { Column } from "../column.ts";
import type { JoinType } from "../join-type.ts";

/** Columns, or their places from 1, one after another or in an array; last, whether they ascend. */
export type SortArguments = readonly (
  | SortColumn
  | readonly SortColumn[]
  | { readonly ascending?: boolean | readonly boolean[] }
)[];
type SortColumn = ColumnOrName | number;

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
export type NameSubset = string | readonly string[] | { readonly subset?: string | readonly string[] };

export interface DropnaOptions {
  readonly how?: "any" | "all";
  readonly thresh?: number;
  readonly subset?: string | readonly string[];
}

export type DropnaArguments =
  | []
  | [options: DropnaOptions]
  | [how: "any" | "all" | null, options?: Omit<DropnaOptions, "how">]
  | [how: "any" | "all" | null, thresh: number | null, subset?: NameSubset];

type On = string | readonly string[] | Column | readonly Column[] | null;

export interface JoinOptions {
  readonly on?: On;
  readonly how?: JoinType;
}

export type JoinOnArguments =
  | [on?: On, how?: JoinType | { readonly how?: JoinType }]
  | [options: JoinOptions];

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
