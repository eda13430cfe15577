// The schema that DDL text stands for, read by the compiler: SchemaOfDDL<"host string, n int NOT NULL"> is
// { host: string | null; n: number }. Limits: at most 500 columns at the top, and what the parser doesn't understand is
// a column more that isn't known (`others`); above the limit the schema is `any`, which accepts every name.
import type { Decimal } from "../decimal.ts";
import type { Row } from "../row.ts";
import type { Timestamp } from "../timestamp.ts";
import type { StructType } from "../types.ts";
import type { CalendarInterval } from "../values/calendar-interval.ts";
import type { DayTimeInterval } from "../values/day-time-interval.ts";
import type { Geography, Geometry } from "../values/shape.ts";
import type { Time } from "../values/time.ts";
import type { VariantVal } from "../values/variant-val.ts";
import type { YearMonthInterval } from "../values/year-month-interval.ts";
import type { Nulls } from "./combine.ts";
import type { Flat, Others } from "./schema.ts";
import type { SchemaOfStruct } from "./struct.ts";

/** The schema of a DDL literal; `any` for text that isn't known before it runs. */
export type SchemaOfDDL<T extends string> = string extends T ? any : SchemaOfFields<Fields<Spaces<T>>>;

/** The schema that DDL or a StructType says. */
export type SchemaOf<D> = D extends string ? SchemaOfDDL<D> : SchemaOfStruct<D>;

/** The schema of files read with D, a schema or options with one; S where D says none. Files may lack any value. */
export type Read<S, D> = [D] extends [never]
  ? S
  : D extends string | StructType
    ? Nulls<SchemaOf<D>>
    : D extends { readonly schema: infer Inner }
      ? Nulls<SchemaOf<Inner>>
      : S;

/** The value that rows carry for a type as SQL writes it, null aside: `array<int>` is `(number | null)[]`. */
export type ValueOfType<T extends string> = string extends T ? any : ValueOfWord<Trim<T>>;

type SchemaOfFields<F> = F extends readonly string[] ? Flat<SchemaOfTexts<F[number]>> : any;

type SchemaOfTexts<F extends string> = { [T in F as FieldName<T>]: FieldValue<T> };

// ---- text -> its columns, cut at the commas outside of brackets and quotes ----

type Fields<
  T extends string,
  Done extends readonly string[] = [],
  Begun extends string = "",
> = Done["length"] extends MaxColumns
  ? any
  : T extends `${infer Piece},${infer Rest}`
    ? IsWhole<`${Begun}${Piece}`> extends true
      ? Fields<Rest, [...Done, `${Begun}${Piece}`]>
      : Fields<Rest, Done, `${Begun}${Piece},`>
    : Trim<`${Begun}${T}`> extends ""
      ? Done
      : [...Done, `${Begun}${T}`];

/** Columns beyond which a DDL literal has no types: the compiler's recursion ends at 1,000 commas, nested ones included. */
type MaxColumns = 500;

type IsWhole<T extends string> = T extends `${string}${"<" | "(" | "`" | "'"}${string}`
  ? [Count<T, "<">, Count<T, "(">] extends [Count<T, ">">, Count<T, ")">]
    ? [IsEven<Count<T, "`">>, IsEven<Count<T, "'">>] extends [true, true]
      ? true
      : false
    : false
  : true;

type Count<
  T extends string,
  Mark extends string,
  N extends 0[] = [],
> = T extends `${string}${Mark}${infer Rest}` ? Count<Rest, Mark, [...N, 0]> : N["length"];

type IsEven<N> = `${N & number}` extends `${string}${0 | 2 | 4 | 6 | 8}` ? true : false;

// ---- a column: name, type, NOT NULL, COMMENT ----

type FieldName<T extends string> =
  Trim<T> extends `\`${infer Name}\`${infer Rest}`
    ? Rest extends `\`${string}`
      ? Others // a doubled backtick in the name
      : Name
    : NameAndType<Trim<T>> extends readonly [infer Name, string]
      ? Name & string
      : Others;

type FieldValue<T extends string> =
  Trim<T> extends `\`${string}\`${infer Type}`
    ? Nullable<AfterColon<Type>>
    : NameAndType<Trim<T>> extends readonly [string, infer Type extends string]
      ? Nullable<Type>
      : any;

type NameAndType<T extends string> = T extends `${infer Name} ${infer Type}`
  ? Name extends `${infer Before}:${infer Begin}`
    ? [Before, `${Begin} ${Type}`]
    : [Name, AfterColon<Type>]
  : T extends `${infer Name}:${infer Type}`
    ? [Name, Type]
    : never;

type AfterColon<T extends string> = Trim<T> extends `:${infer Rest}` ? Trim<Rest> : Trim<T>;

type Nullable<T extends string> = T extends `${infer Type} ${"COMMENT" | "comment"} ${string}`
  ? NotNull<Trim<Type>>
  : NotNull<Trim<T>>;

type NotNull<T extends string> = T extends `${infer Type} ${"NOT NULL" | "not null"}`
  ? ValueOfType<Type>
  : ValueOfType<T> | null;

// ---- a type ----

type ValueOfWord<T extends string> =
  Lowercase<T> extends keyof Words
    ? Words[Lowercase<T>]
    : T extends `${infer Word}<${infer Inner}>`
      ? Lowercase<Trim<Word>> extends "array"
        ? (ValueOfType<Inner> | null)[]
        : Lowercase<Trim<Word>> extends "map"
          ? MapValue<Fields<Inner>>
          : Lowercase<Trim<Word>> extends "struct"
            ? Row<SchemaOfFields<Fields<Inner>>>
            : any
      : T extends `${infer Word}(${string})`
        ? Lowercase<Trim<Word>> extends keyof Sized
          ? Sized[Lowercase<Trim<Word>>]
          : any
        : ValueOfWords<Lowercase<T>>;

/** Types that are several words, in lower case. */
type ValueOfWords<T extends string> = T extends `interval ${infer Units}`
  ? Trim<Units> extends `${"year" | "month"}${string}`
    ? YearMonthInterval
    : DayTimeInterval
  : T extends `string ${string}`
    ? string
    : any;

type MapValue<F> = F extends readonly [infer K extends string, infer V extends string]
  ? Map<ValueOfType<K>, ValueOfType<V> | null>
  : any;

interface Words extends Sized {
  boolean: boolean;
  tinyint: number;
  byte: number;
  smallint: number;
  short: number;
  int: number;
  integer: number;
  bigint: Long;
  long: Long;
  float: number;
  real: number;
  double: number;
  date: Date;
  timestamp: Timestamp;
  timestamp_ltz: Timestamp;
  timestamp_ntz: Timestamp;
  string: string;
  binary: Uint8Array;
  void: null;
  variant: VariantVal;
  interval: CalendarInterval;
  "timestamp with local time zone": Timestamp;
  "timestamp without time zone": Timestamp;
  "time without time zone": Time;
}

interface Sized {
  time: Time;
  geometry: Geometry;
  geography: Geography;
  varchar: string;
  char: string;
  decimal: Decimal;
  dec: Decimal;
  numeric: Decimal;
}

/** A bigint of Spark in rows: a number while it is below 2^53. */
export type Long = number | bigint;

type Trim<T extends string> = T extends ` ${infer Rest}`
  ? Trim<Rest>
  : T extends `${infer Rest} `
    ? Trim<Rest>
    : T;

type Spaces<T extends string> = Replace<Replace<T, "\n">, "\t">;

type Replace<
  T extends string,
  Mark extends string,
  Done extends string = "",
> = T extends `${infer A}${Mark}${infer Rest}` ? Replace<Rest, Mark, `${Done}${A} `> : `${Done}${T}`;
