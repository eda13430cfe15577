import { inspect } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import { shown } from "./argument-error.ts";
import { closeNames } from "./close-names.ts";
import type { IsAny, Others } from "./typed/schema.ts";

const keysOf: unique symbol = Symbol("keys");

/**
 * A row: its columns are its properties, `row.host`; `row.get("host")` also reaches names that methods have.
 * Destructuring, spreading and JSON work as for a plain object. Where several columns have one name, the
 * property is the first of them. By position it is `row[0]`, or `get(0)` where a column may be called `0`, and
 * `const [host, n] = row` takes the values in order.
 * `new Row({ host: "a", n: 1 })` makes one by hand, for `createDataFrame`.
 * As a type, `Row<{ host: string | null }>` knows its columns; a plain `Row` has any.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.Row.html
 */
export type Row<S = any> = IsAny<S> extends true ? AnyRow : Others extends keyof S ? OpenRow<S> : KnownRow<S>;

type OpenRow<S> = AnyRow & { readonly [K in keyof S & string]: S[K] };
type KnownRow<S> = { readonly [K in keyof S & string]: S[K] } & {
  readonly [M in Exclude<keyof RowMethods<S>, keyof S>]: RowMethods<S>[M];
} & { readonly [position: number]: any };

interface RowMethods<S> extends Pick<AnyRow, typeof keysOf | typeof inspect.custom | "toArray" | "toJSON"> {
  [Symbol.iterator](): IterableIterator<any>;
  get<const N extends (keyof S & string) | number>(column: N): N extends keyof S ? S[N] : any;
  asDict(recursive?: boolean): { [K in keyof S & string]: S[K] };
}

/** The values of a row in the order of its columns, also where a column has the name of a method. */
export function rowValues(row: Row): unknown[] {
  return row[keysOf].map((key) => Reflect.get(row, key) as unknown);
}

/** The names of a row's columns, in order; rows that were made together give the same array. */
export function rowNames(row: Row): readonly string[] {
  const keys = row[keysOf];
  let names = namesOf.get(keys);
  if (!names) {
    names = keys.map((key) => (typeof key === "symbol" ? key.description! : key));
    namesOf.set(keys, names);
  }
  return names;
}

const namesOf = new WeakMap<readonly (string | symbol)[], readonly string[]>();

class AnyRow {
  declare readonly [keysOf]: readonly (string | symbol)[];
  readonly [column: string]: any;

  /**
   * @param columns the names with their values, in their order
   * @throws PlanError for anything but a plain object
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.Row.html
   */
  constructor(columns: Record<string, unknown>) {
    if (typeof columns !== "object" || columns === null || Array.isArray(columns)) {
      throw new PlanError(
        `A Row was given ${inspect(columns, { depth: 1 })} instead of columns.`,
        'Pass names with values: new Row({ host: "a", n: 1 })',
      );
    }
    return rowMaker(Object.keys(columns))(Object.values(columns)) as AnyRow;
  }

  /** The values in the order of the columns: `const [host, n] = row`. */
  [Symbol.iterator](): IterableIterator<any> {
    return rowValues(this)[Symbol.iterator]();
  }

  /** As a notebook shows it: `Row(host='a', n=1)`. */
  toString(): string {
    return inspect(this, { depth: 4, breakLength: Infinity, maxStringLength: 1000 });
  }

  /**
   * The value of a column.
   * @param column a name, or a position from 0
   * @throws PlanError for a column that isn't there, with the close names
   */
  get(column: string | number): any {
    const keys = this[keysOf];
    const key = typeof column === "number" ? keys[column] : keys.find((k) => k === column);
    if (key === undefined) {
      const names = keys.map((k) => (typeof k === "symbol" ? k.description! : k));
      throw new PlanError(
        `No column ${typeof column === "string" ? `\`${column}\`` : shown(column)} in [${names.join(", ")}].`,
        closeNames(typeof column === "string" ? column : shown(column), names),
      );
    }
    return (this as Record<string | symbol, unknown>)[key];
  }

  /** The values in the order of the columns. */
  toArray(): unknown[] {
    return rowValues(this);
  }

  /**
   * A plain object of the columns.
   * @param recursive whether rows within it, also in arrays and maps, become plain objects too; default no
   * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.Row.asDict.html
   */
  asDict(recursive = false): Record<string, any> {
    return recursive ? (plainOf(this) as Record<string, any>) : { ...this };
  }

  /**
   * What `JSON.stringify` writes: integers beyond 2^53 and decimals as text, so that no digit is lost, maps as objects,
   * bytes in base64.
   */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this).map(([name, value]) => [name, jsonOf(value)]));
  }

  [inspect.custom](_depth: number, options: object, inspectValue: typeof inspect): string {
    const values = this[keysOf].map((key) => {
      const name = typeof key === "symbol" ? key.description : key;
      return `${name}=${inspectValue((this as Record<string | symbol, unknown>)[key], options)}`;
    });
    return `Row(${values.join(", ")})`;
  }
}

/** The class of rows, for `instanceof`. */
export const Row = AnyRow;

function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (value instanceof Map) return new Map(Array.from(value, ([key, inner]) => [key, plainOf(inner)]));
  if (!(value instanceof AnyRow)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainOf(inner)]));
}

function jsonOf(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Map) {
    return Object.fromEntries(Array.from(value, ([k, v]) => [String(k), jsonOf(v)]));
  }
  return Array.isArray(value) ? value.map(jsonOf) : value;
}

/** Makes rows of one schema, each from its values in order. */
export function rowMaker(names: readonly string[]): (values: readonly unknown[]) => Row {
  const seen = new Set<string>();
  const keys = names.map((name) => {
    if (seen.has(name)) return Symbol(name);
    seen.add(name);
    return name;
  });
  // Plain assignment is fast, and wrong where the prototype has the name: `constructor`, `__proto__`, `get`.
  const prototype = Object.create(Row.prototype, { [keysOf]: { value: keys } }) as object;
  for (let i = 0; i < keys.length; i++) Object.defineProperty(prototype, i, valueAt(i));
  const isDefined = keys.map((key) => typeof key === "symbol" || key in prototype);
  return (values) => {
    const row = Object.create(prototype) as Record<string | symbol, unknown>;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (!isDefined[i]) row[key as string] = values[i];
      else define(row, key, values[i]);
    }
    return row as unknown as Row;
  };
}

const positions: PropertyDescriptor[] = [];

/** The property `row[i]`, below the columns' own ones. */
function valueAt(i: number): PropertyDescriptor {
  return (positions[i] ??= {
    get(this: Row) {
      return Reflect.get(this, this[keysOf][i]) as unknown;
    },
  });
}

function define(row: object, key: string | symbol, value: unknown): void {
  Object.defineProperty(row, key, {
    value,
    enumerable: typeof key === "string",
    writable: true,
    configurable: true,
  });
}
