// The schema of rows of this process, createDataFrame([{ host: "a", n: 1 }]). Types only.
import type { Decimal } from "../decimal.ts";
import type { Row } from "../row.ts";
import type { Timestamp } from "../timestamp.ts";
import type { SchemaOf } from "./ddl.ts";
import type { Flat, IsAny } from "./schema.ts";

/** Rows given to createDataFrame: arrays as tuples, so that each column has the type of its values. */
export type RowsOf<R> = Iterable<R & ([unknown] | readonly unknown[] | object)>;

/** The schema of `createDataFrame(rows, D)`: D is DDL or a StructType, a list of names, or `never` for none. */
export type SchemaOfData<R, D> = [D] extends [never]
  ? SchemaOfRows<R, undefined>
  : D extends readonly string[]
    ? SchemaOfRows<R, D>
    : SchemaOf<D>;

/** The schema that createDataFrame gives rows of type R, objects, or arrays with names N. */
export type SchemaOfRows<R, N> =
  IsAny<R> extends true
    ? any
    : N extends readonly string[]
      ? string extends N[number]
        ? any
        : Flat<{ [I in keyof N & `${number}` as N[I] & string]: CarriedAt<R, I, N[I]> }>
      : [R] extends [readonly unknown[]]
        ? any
        : string extends keyof R
          ? any
          : { [K in Keys<R> & string]: Carried<Property<R, K>> | null };

type Keys<R> = R extends unknown ? keyof R : never;
type Property<R, K> = R extends unknown ? (K extends keyof R ? R[K] : null) : never;

type CarriedAt<R, I, Name> = R extends readonly unknown[]
  ? I extends keyof R
    ? Carried<R[I]> | null
    : number extends R["length"]
      ? any
      : null
  : Name extends keyof R
    ? Carried<R[Name]> | null
    : any;

/** What a value of JavaScript is in rows that came back from the engine. */
export type Carried<V> =
  IsAny<V> extends true
    ? any
    : V extends string
      ? string
      : V extends number
        ? number
        : V extends boolean
          ? boolean
          : V extends bigint
            ? number | bigint
            : V extends null | undefined
              ? null
              : V extends Date
                ? Timestamp
                : V extends Uint8Array
                  ? Uint8Array
                  : V extends Decimal
                    ? Decimal
                    : V extends readonly (infer E)[]
                      ? (Carried<E> | null)[]
                      : V extends ReadonlyMap<infer K, infer E>
                        ? Map<Carried<K>, Carried<E> | null>
                        : V extends object
                          ? Row<{ [K in keyof V & string]: Carried<V[K]> | null }>
                          : any;
