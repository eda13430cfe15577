// A schema as a type: a record of column name -> value as rows carry it, `{ host: string | null; n: number }`.
// `any` is a schema that isn't known: every name is accepted. A schema that is known in part has the key `others`.
// Types only.
import type { Column } from "../column.ts";
import type { ColumnOf, Ref } from "./value-rules.ts";

/** The key of what isn't known of a schema: `{ host: string; [others]: any }` is a host column and whatever else. */
export declare const others: unique symbol;
export type Others = typeof others;

export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether any name may be a column. */
export type IsOpen<S> = IsAny<S> extends true ? true : Others extends keyof S ? true : false;

/** What a name may look like beyond those of a schema: qualified or nested (`t.host`, `s.field`), quoted, or `*`. */
export type WrittenName = `${string}.${string}` | `\`${string}` | "*";

/** What an editor offers, and what is inferred, where columns are named. {@link Columns} says what is right. */
export type Given<S> = (keyof S & string) | (string & {}) | Column;
export type GivenName<S> = (keyof S & string) | (string & {});

/** Each argument if it is right, or else what it should have been: a tuple for the types of rest parameters. */
export type Columns<S, C extends readonly unknown[]> = { [I in keyof C]: OneColumn<S, C[I]> };

/** An argument if it is a Column or a name of the schema, or text that isn't known before it runs; or an array of such. */
export type OneColumn<S, C> = C extends string
  ? OneName<S, C>
  : C extends readonly unknown[]
    ? { [I in keyof C]: C[I] extends string ? OneName<S, C[I]> : C[I] } // not recursive, for C = any has no end
    : C;

export type OneName<S, N> =
  IsOpen<S> extends true
    ? N
    : N extends (keyof S & string) | WrittenName
      ? N
      : string extends N
        ? N
        : keyof S & string;

/** Names without Columns. */
export type Names<S, N extends readonly unknown[]> = { [I in keyof N]: OneName<S, N[I]> };

/** Columns given one after another, also where they came in one array. */
export type Listed<C extends readonly unknown[]> = C extends readonly [infer A extends readonly unknown[]]
  ? A
  : C;

/** The Column that `df.col(N)` is. */
export type FrameColumn<S, N> = N extends keyof S & string
  ? Column<N, ColumnOf<N, S[N]>>
  : N extends string
    ? string extends N
      ? Column
      : Column<N, Ref<N>>
    : Column;

/** The Columns that are properties of a DataFrame, by name, but for those of its methods (`Taken`). */
export type ColumnProperties<
  // @ts-expect-error Declared, since the compiler can't work it out and compares 450 properties each time: a frame with
  // more columns does where fewer are asked for.
  out S,
  Taken,
> = {
  readonly [N in PropertyName<S, Taken>]: string extends N ? any : Column<N, ColumnOf<N, S[N & keyof S]>>;
};

type PropertyName<S, Taken> = IsOpen<S> extends true ? string : Exclude<keyof S & string, Taken>;

/** S with the columns of T beside its own, or in place of those of the same name. */
export type Overlay<S, T> = {
  [K in keyof S | keyof T]: K extends keyof T ? T[K] : K extends keyof S ? S[K] : never;
};

/**
 * The same columns. Around every mapped type that renames keys with `as`: the compiler works out the keys of such a type
 * anew each time they are asked for, those of this one once. Without it, 450 columns of DDL took 13 times as long.
 */
export type Flat<S> = { [K in keyof S]: S[K] };
