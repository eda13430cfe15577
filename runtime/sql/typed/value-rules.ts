// The value that an expression has in a row, as a type. An expression is written before its DataFrame is known, so
// `Column<Name, Value>` holds either a type of rows (`string | null`) or one of the rules below, which name columns and
// are worked out against the schema of the DataFrame that the expression is used in (`ValueIn`). Types only.
//
// For a function over columns take the rule that fits, or a plain type where the inputs don't matter:
//   export function lower<const C extends ColumnOrName>(c: C): Column<CallName<"lower", C>, string | null>
//   export function sum<const C extends ColumnOrName>(c: C): Column<CallName<"sum", C>, SumOf<ValueOf<C>>>
//   export function max<const C extends ColumnOrName>(c: C): Column<CallName<"max", C>, OrNull<ValueOf<C>>>
//   export function collectList<const C extends ColumnOrName>(c: C): Column<CallName<"collect_list", C>, ListOf<ValueOf<C>>>
// `CallName` is in call-name.ts. A function whose name or value isn't worth a rule returns plain `Column`: its name and
// value are unknown, and what is made of it accepts any name.
import type { Column } from "../column.ts";
import type { Decimal } from "../decimal.ts";
import type { Timestamp } from "../timestamp.ts";
import type { IsAny } from "./schema.ts";
import type { LastPart } from "./select.ts";

declare const rule: unique symbol;

/** A value that depends on columns of the DataFrame: what `Op` makes of A (and B). */
export interface Rule<Op extends keyof Rules<any, any, any>, A = never, B = never> {
  readonly [rule]: [Op, A, B];
}

/** The value of the column of this name. */
export type Ref<Name extends string> = Rule<"ref", Name>;
/** The value V of the column of this name of a DataFrame, null also where a join made it so: `df.col("n")`. */
export type ColumnOf<Name extends string, V> = Rule<"column", Name, V>;
/** What `sum` makes of it. */
export type SumOf<A> = Rule<"sum", A>;
/** What `avg` makes of it. */
export type MeanOf<A> = Rule<"mean", A>;
/** What `+ - * %` make of two. */
export type ArithmeticOf<A, B> = Rule<"arithmetic", A, B>;
/** What `/` makes of two. */
export type QuotientOf<A, B> = Rule<"quotient", A, B>;
/** The same value, or null: `max`. */
export type OrNull<A> = Rule<"orNull", A>;
/** A list of such values without nulls, itself never null: `collect_list`. */
export type ListOf<A> = Rule<"list", A>;
/** The keys of a map in an array: `map_keys`. */
export type KeysOf<A> = Rule<"keys", A>;
/** The values of a map in an array: `map_values`. */
export type ValuesOf<A> = Rule<"values", A>;
/** The field of a struct, the element of an array or the value of a map: `getField`, `getItem`. */
export type ItemOf<A, Key> = Rule<"item", A, Key>;
/** The value of a branch of `when`, beside those of the branches before it. */
export type WhenOf<A, Before = never> = Rule<"when", A, Before>;
/** The value of `otherwise` beside those of the branches. */
export type OtherwiseOf<A, Branches> = Rule<"otherwise", A, Branches>;

interface Rules<S, A, B> {
  ref: At<S, A>;
  column: A extends keyof S ? (null extends S[A] ? B | null : B) : B;
  sum: Total<ValueIn<S, A>>;
  mean: Mean<ValueIn<S, A>>;
  arithmetic: Arithmetic<ValueIn<S, A>, ValueIn<S, B>>;
  quotient: Quotient<ValueIn<S, A>, ValueIn<S, B>>;
  orNull: ValueIn<S, A> | null;
  list: NonNullable<ValueIn<S, A>>[];
  keys: MapParts<ValueIn<S, A>, 0>;
  values: MapParts<ValueIn<S, A>, 1>;
  item: Item<ValueIn<S, A>, B>;
  when: ValueIn<S, A> | Branches<S, B> | null;
  otherwise: ValueIn<S, A> | Branches<S, B>;
}

/** The type that rows carry for a value of an expression used in a DataFrame of schema S; `any` where it is unknown. */
export type ValueIn<S, V> = unknown extends V
  ? any
  : V extends Rule<infer Op, infer A, infer B>
    ? Rules<S, A, B>[Op]
    : V;

/** The value of an argument: of a Column, of a column by name, or of a constant. */
export type ValueOf<C> = unknown extends C
  ? unknown
  : C extends Column<string, infer V>
    ? V
    : C extends string
      ? string extends C
        ? unknown
        : Ref<C>
      : C;

/** The value of an argument where text is a constant, as in operators. */
export type OperandOf<C> = unknown extends C
  ? unknown
  : C extends Column<string, infer V>
    ? V
    : C extends string
      ? string
      : C extends number
        ? number
        : C extends bigint
          ? number | bigint
          : C extends boolean
            ? boolean
            : C extends Date
              ? Timestamp
              : C;

/** The value of `lit(value)`; unknown for what has parts. */
export type LiteralOf<V> = V extends string | number | bigint | boolean | null | Date | Uint8Array
  ? OperandOf<V>
  : unknown;

/** The value at a name as it is written: a column, a field of a struct `s.f`, a column of an alias `t.host`. */
type At<S, N> = N extends keyof S
  ? S[N]
  : N extends `${infer Head}.${infer Rest}`
    ? Head extends keyof S
      ? Item<S[Head], Rest>
      : AtLast<S, LastPart<Rest>>
    : N extends string
      ? AtLast<S, LastPart<N>>
      : any;
type AtLast<S, N> = N extends keyof S ? S[N] : any;

type Total<V> = IsAny<V> extends true ? any : (V extends string ? number : V) | null;

type Mean<V> =
  IsAny<V> extends true ? any : (V extends Decimal ? Decimal : V extends null ? null : number) | null;

type Arithmetic<A, B> =
  IsAny<A> extends true
    ? any
    : IsAny<B> extends true
      ? any
      : Exclude<A | B, null> extends number | bigint
        ? A | B
        : Exclude<A | B, null> extends Decimal | number | bigint
          ? | Decimal
            | Extract<A | B, null> // a double on either side makes a double
            | NumberBesideDecimal<A, B>
          : Exclude<A | B, null> extends string | number | bigint
            ? number | null
            : any;

// A number beside a decimal is a double (the result is one) or an integer (the result is a decimal): not told apart here.
type NumberBesideDecimal<A, B> = number extends A | B ? number : never;

type Quotient<A, B> =
  IsAny<A> extends true
    ? any
    : Exclude<A | B, null> extends string | number | bigint
      ? number | null
      : Exclude<A | B, null> extends Decimal | number | bigint
        ? Decimal | NumberBesideDecimal<A, B> | null
        : any;

type Element<V> =
  IsAny<V> extends true
    ? any
    : NonNullable<V> extends readonly (infer E)[]
      ? E | null
      : NonNullable<V> extends ReadonlyMap<any, infer E>
        ? E | null
        : any;

type MapParts<V, I extends 0 | 1> =
  IsAny<V> extends true
    ? any
    : NonNullable<V> extends ReadonlyMap<infer K, infer E>
      ? [K, E][I][] | Extract<V, null>
      : any;

type Item<V, Key> =
  IsAny<V> extends true
    ? any
    : NonNullable<V> extends readonly unknown[] | ReadonlyMap<any, any>
      ? Element<V>
      : Key extends keyof NonNullable<V>
        ? NonNullable<V>[Key] | Extract<V, null>
        : Key extends `${infer Head}.${infer Rest}`
          ? Head extends keyof NonNullable<V>
            ? Item<NonNullable<V>[Head] | Extract<V, null>, Rest>
            : any
          : any;

type Branches<S, V> =
  V extends Rule<"when", infer A, infer Before> ? ValueIn<S, A> | Branches<S, Before> : ValueIn<S, V>;
