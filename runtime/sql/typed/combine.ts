// What joins, groups, unions and renames make of schemas. Types only.
import type { Column } from "../column.ts";
import type { Decimal } from "../decimal.ts";
import type { KeyOf, Select } from "./select.ts";
import type { Flat, IsAny, Others, Overlay } from "./schema.ts";
import type { ListOf, MeanOf, OrNull, Ref, SumOf, ValueIn } from "./value-rules.ts";

// ---- one frame ----

/** The schema of `withColumn(N, column)`. */
export type WithColumn<S, N extends string, C> =
  IsAny<S> extends true
    ? any
    : string extends N
      ? S & { [K in Others]: any }
      : {
          [K in keyof S | N]: K extends N
            ? C extends Column<string, infer V>
              ? ValueIn<S, V>
              : any
            : K extends keyof S
              ? S[K]
              : never;
        };

/** The schema of `withColumns({ name: column, … })`. */
export type WithColumns<S, M> =
  IsAny<S> extends true
    ? any
    : string extends keyof M
      ? S & { [K in Others]: any }
      : {
          [K in keyof S | keyof M]: K extends keyof M
            ? M[K] extends Column<string, infer V>
              ? ValueIn<S, V>
              : any
            : K extends keyof S
              ? S[K]
              : never;
        };

/** The schema with names replaced by those of M, `{ old: "new" }`. */
export type Renamed<S, M> =
  IsAny<S> extends true
    ? any
    : string extends keyof M | M[keyof M]
      ? any
      : Flat<{ [K in keyof S as K extends keyof M ? M[K] & string : K]: S[K] }>;

/** The schema without the columns named or given in C. */
export type Dropped<S, C extends readonly unknown[]> =
  IsAny<S> extends true ? any : Others extends KeyOf<C[number]> ? any : Without<S, KeyOf<C[number]>>;

type Without<S, N> = { [K in Exclude<keyof S, N>]: S[K] };

/** The schema of `toDF(...N)`: the names are new; with more than one column it isn't known which value goes where. */
export type Relabelled<S, N extends readonly string[]> = string extends N[number]
  ? any
  : { [K in N[number]]: N extends readonly [string] ? S[keyof S] : any };

/** The schema of `unpivot(ids, values, N, W)`: the value is one of those columns'. */
export type Unpivoted<S, I, V, N extends string, W extends string> =
  IsAny<S> extends true
    ? any
    : string extends N | W
      ? any
      : Overlay<
          Select<S, I extends readonly unknown[] ? I : [I]>,
          { [K in N | W]: K extends N ? string : ValueAmong<S, V> }
        >;

type ValueAmong<S, V> = [V] extends [(keyof S & string) | readonly (keyof S & string)[]]
  ? S[Extract<V extends readonly (infer E)[] ? E : V, keyof S>]
  : any;

/** The schema of `describe` and `summary`: text, for some of the columns. */
export type Described<S, N extends readonly unknown[]> =
  IsAny<S> extends true
    ? any
    : N extends readonly [unknown, ...unknown[]]
      ? string extends N[number]
        ? any
        : { [K in (N[number] & string) | "summary"]: string | null }
      : { [K in Others | "summary"]: K extends Others ? any : string | null };

/** The schema where nulls are filled: with V in the columns N whose type it has, or with what V has by column. */
export type Filled<S, V, N> =
  IsAny<S> extends true
    ? any
    : V extends object
      ? { [K in keyof S]: K extends keyof V ? NonNullable<S[K]> : S[K] }
      : {
          [K in keyof S]: K extends N ? (NonNullable<S[K]> extends Like<V> ? NonNullable<S[K]> : S[K]) : S[K];
        };

type Like<V> = V extends number | bigint
  ? number | bigint | Decimal
  : V extends string
    ? string
    : V extends boolean
      ? boolean
      : never;

/** The schema with nulls anywhere. */
export type Nulls<S> = IsAny<S> extends true ? any : { [K in keyof S]: S[K] | null };

// ---- two frames ----

/** The schema of a join of S and T; with `using` the columns N are there once. */
export type Joined<S, T, N, How> = How extends SemiOrAnti
  ? S
  : IsAny<S> extends true
    ? any
    : IsAny<T> extends true
      ? S & { [K in Others]: any }
      : {
          [K in keyof S | keyof T]: K extends N
            ? K extends keyof S
              ? K extends keyof T
                ? Using<S[K], T[K], How>
                : S[K]
              : any
            : | (K extends keyof S ? S[K] | NullFrom<How, RightOrFull> : never)
              | (K extends keyof T ? T[K] | NullFrom<How, LeftOrFull> : never);
        };

/** The names of a join's columns, where it is by name. */
export type JoinUsing<On> = On extends string
  ? On
  : On extends readonly (infer E)[]
    ? E extends string
      ? E
      : never
    : On extends { readonly on: infer Inner }
      ? JoinUsing<Inner>
      : never;

/** How a join is done, also where it stands in the options. */
export type JoinHow<On, How> = On extends { readonly how: infer H } ? H : How;

type SemiOrAnti = "semi" | "leftsemi" | "left_semi" | "anti" | "leftanti" | "left_anti";
type Full = "outer" | "full" | "fullouter" | "full_outer";
type RightOrFull = "right" | "rightouter" | "right_outer" | Full;
type LeftOrFull = "left" | "leftouter" | "left_outer" | Full;
type NullFrom<How, Kind> = How extends Kind ? null : never;
type Using<A, B, How> = How extends Full ? A | B : How extends RightOrFull ? B : A;

/** The schema of a union by position: the names of the left side. */
export type United<S, T> =
  IsAny<S> extends true
    ? any
    : IsAny<T> extends true
      ? { [K in keyof S]: any }
      : { [K in keyof S]: K extends keyof T ? S[K] | T[K] : any };

/** The schema of `unionByName`; with missing columns allowed those of either side, null in the other's rows. */
export type UnitedByName<S, T, Missing> =
  IsAny<S> extends true
    ? any
    : IsAny<T> extends true
      ? any
      : Missing extends true
        ? {
            [K in keyof S | keyof T]: K extends keyof S
              ? K extends keyof T
                ? S[K] | T[K]
                : S[K] | null
              : K extends keyof T
                ? T[K] | null
                : never;
          }
        : { [K in keyof S]: K extends keyof T ? S[K] | T[K] : S[K] };

// ---- groups ----

/** The schema of `groupBy(...K).agg(...C)`; a pivot's columns aren't known. */
export type Aggregated<S, K extends readonly unknown[], C extends readonly unknown[], Pivot> =
  IsAny<S> extends true
    ? any
    : Pivot extends true
      ? Select<S, K> & { [O in Others]: any }
      : C extends readonly [infer M]
        ? M extends Column
          ? Select<S, [...K, ...C]>
          : Overlay<Select<S, K>, Flat<ByName<S, M>>>
        : Select<S, [...K, ...C]>;

/** The schema of `groupBy(...K).count()`. */
export type Counted<S, K extends readonly unknown[], Pivot> =
  IsAny<S> extends true
    ? any
    : Pivot extends true
      ? Select<S, K> & { [O in Others]: any }
      : Overlay<Select<S, K>, { count: number }>;

/** The columns of `agg({ bytes: "sum" })`. */
type ByName<S, M> = {
  [N in keyof M & string as N extends "*" ? Others : AggregateName<M[N] & string, N>]: ValueIn<
    S,
    AggregateValue<M[N] & string, N>
  >;
};

/** The schema of `groupBy(...K).sum(...N)` and the like; without names those of all columns of numbers. */
export type AggregatedEach<
  S,
  K extends readonly unknown[],
  F extends string,
  N extends readonly string[],
  Pivot,
> =
  IsAny<S> extends true
    ? any
    : Pivot extends true
      ? Select<S, K> & { [O in Others]: any }
      : N extends readonly [string, ...string[]]
        ? Overlay<
            Select<S, K>,
            Flat<{ [C in N[number] as AggregateName<F, C>]: ValueIn<S, AggregateValue<F, C>> }>
          >
        : Select<S, K> & { [O in Others]: any };

type AggregateName<F extends string, N extends string> = string extends F | N
  ? Others
  : N extends `${string}.${string}` | `${string}\`${string}`
    ? Others
    : F extends "mean"
      ? `avg(${N})`
      : `${F}(${N})`;

type AggregateValue<F extends string, N extends string> = F extends keyof AggregateRules<N>
  ? AggregateRules<N>[F]
  : unknown;

interface AggregateRules<N extends string> {
  count: number;
  sum: SumOf<Ref<N>>;
  avg: MeanOf<Ref<N>>;
  mean: MeanOf<Ref<N>>;
  min: OrNull<Ref<N>>;
  max: OrNull<Ref<N>>;
  first: OrNull<Ref<N>>;
  last: OrNull<Ref<N>>;
  collect_list: ListOf<Ref<N>>;
  collect_set: ListOf<Ref<N>>;
}
