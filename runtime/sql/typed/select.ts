import type { Column } from "../column.ts";
import type { Flat, IsAny, Others, Overlay } from "./schema.ts";
import type { Ref, ValueIn } from "./value-rules.ts";

/**
 * The schema of `df.select(...C)`, where C is a tuple of names and Columns. Columns of unknown name leave the names
 * beside them known and make the schema open (`others`).
 */
export type Select<S, C extends readonly unknown[]> =
  IsAny<S> extends true
    ? any
    : number extends C["length"]
      ? any
      : [StarOf<C[number]>] extends [never]
        ? Flat<Picked<S, C>>
        : StarAnd<S, C>;

type Picked<S, C extends readonly unknown[]> = {
  [I in keyof C & `${number}` as KeyOf<C[I]>]: ValueOfItem<S, C[I]>;
};

type StarAnd<S, C extends readonly unknown[]> = Overlay<S, Flat<Picked<S, C>>>;

type StarOf<C> = C extends "*" | Column<"*", any> ? "*" : never;

/** The key in a schema of an item of a selection: its name, nothing for `*`, {@link others} where it isn't known. */
export type KeyOf<C> = C extends string
  ? WrittenKey<C>
  : C extends Column<infer N, infer V>
    ? string extends N
      ? Others
      : V extends Ref<N>
        ? WrittenKey<N>
        : N
    : Others;

type WrittenKey<N extends string> = string extends N
  ? Others
  : N extends "*"
    ? never
    : N extends `${string}.*`
      ? Others
      : LastPart<N>;

/** The name of the column that a written name selects: `host` of `t.host`, `x y` of `` `x y` ``. */
export type LastPart<N extends string> = N extends `${infer Head}\`${infer Tail}`
  ? Tail extends `${infer Quoted}\``
    ? Head extends "" | `${string}.`
      ? Quoted extends `${string}\`${string}`
        ? Others
        : Quoted
      : Others
    : Others
  : N extends `${string}.${infer Rest}`
    ? LastPart<Rest>
    : N;

type ValueOfItem<S, C> = C extends string
  ? string extends C
    ? any
    : ValueIn<S, Ref<C>>
  : C extends Column<infer N, infer V>
    ? string extends N
      ? any
      : ValueIn<S, V>
    : any;
