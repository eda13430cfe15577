// The schema that a StructType carries in its type, from its fields. Types only.
import type { Decimal } from "../decimal.ts";
import type { Row } from "../row.ts";
import type { Timestamp } from "../timestamp.ts";
import type { ArrayType, MapType, StructField, StructType } from "../types/nested-types.ts";
import type { CalendarInterval } from "../values/calendar-interval.ts";
import type { DayTimeInterval } from "../values/day-time-interval.ts";
import type { Geography, Geometry } from "../values/shape.ts";
import type { Time } from "../values/time.ts";
import type { VariantVal } from "../values/variant-val.ts";
import type { YearMonthInterval } from "../values/year-month-interval.ts";
import type { Long, ValueOfType } from "./ddl.ts";
import type { Flat, IsAny } from "./schema.ts";

/** The key under which a StructType has its columns, for the compiler alone. */
export declare const columns: unique symbol;

/** The constructor of StructType, whose columns follow from the fields it is given. */
export interface TypedStructs extends Pick<typeof StructType, "fromDDL" | "fromJson"> {
  readonly prototype: StructType;
  new <const F extends readonly StructField[] = []>(fields?: F): StructType<SchemaOfFields<F>>;
}

/**
 * The schema that a StructType says, `any` where it isn't known: of a list of fields whose length is not, and of no
 * columns, because `add` puts more into the schema it is called on.
 */
export type SchemaOfStruct<T> =
  T extends StructType<infer S> ? (IsAny<S> extends true ? any : keyof S extends never ? any : Flat<S>) : any;

/** The columns of a list of fields. */
export type SchemaOfFields<F extends readonly StructField[]> = number extends F["length"]
  ? any
  : string extends NameOf<F[number]>
    ? any
    : { [X in F[number] as NameOf<X>]: FieldValue<X> };

/** The column of a field as a schema of one; `any` for a name that isn't known before it runs. */
export type SchemaOfField<F> = string extends NameOf<F> ? any : { [N in NameOf<F>]: FieldValue<F> };

/** S with one column more; no mapped type, of which a chain of 450 would make 450. */
export type Added<S, T> = IsAny<S> extends true ? any : IsAny<T> extends true ? any : S & T;

type NameOf<F> = F extends StructField<infer N, any, any> ? N : never;

type FieldValue<F> =
  F extends StructField<any, infer D, infer Z> ? ([Z] extends [false] ? ValueOf<D> : ValueOf<D> | null) : any;

/** What a cast to D makes of a column; unknown where D isn't known before it runs. */
export type CastTo<D> = IsAny<ValueOf<D>> extends true ? unknown : ValueOf<D> | null;

/** The value that rows carry for a data type, an object or DDL. */
type ValueOf<D> =
  IsAny<D> extends true
    ? any
    : D extends string
      ? ValueOfType<D>
      : D extends StructType<infer S>
        ? Row<SchemaOfStruct<StructType<S>>>
        : D extends ArrayType<infer E>
          ? (ValueOf<E> | null)[]
          : D extends MapType<infer K, infer V>
            ? Map<ValueOf<K>, ValueOf<V> | null>
            : D extends { readonly typeName: infer N extends keyof Values }
              ? Values[N]
              : any;

/** By the names of types, {@link AnyType.typeName}. */
interface Values {
  void: null;
  string: string;
  char: string;
  varchar: string;
  binary: Uint8Array;
  boolean: boolean;
  byte: number;
  short: number;
  integer: number;
  long: Long;
  float: number;
  double: number;
  decimal: Decimal;
  date: Date;
  time: Time;
  timestamp: Timestamp;
  timestamp_ntz: Timestamp;
  daytimeinterval: DayTimeInterval;
  yearmonthinterval: YearMonthInterval;
  interval: CalendarInterval;
  variant: VariantVal;
  geometry: Geometry;
  geography: Geography;
}
