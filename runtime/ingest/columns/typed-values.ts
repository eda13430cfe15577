import type { Field, Kind } from "./field.ts";
import type { ColumnType } from "./table-schema.ts";
import { BooleanValues, DoubleValues, LongValues, Meter, TextValues, type Values } from "./values.ts";

/** A field's values as a column's type takes them, and the rest as text of JSON; each by rising row. */
export interface TypedValues {
  readonly main: Values | undefined;
  readonly rest: TextValues | undefined;
}

/** Divides a field's values between its column and its sibling. Where all are of the column's kind nothing is copied. */
export function typedValues(field: Field, type: ColumnType): TypedValues {
  const { kinds } = field;
  if (kinds.length === 0) return { main: undefined, rest: undefined };
  if (kinds.length === 1 && kinds[0] === type) return { main: field.valuesOf(kinds[0]), rest: undefined };

  const isExact = !field.isInexact;
  const meter = new Meter();
  const main = emptyValues(type, meter);
  const rest = new TextValues(meter);
  const next: Record<Kind, number> = { long: 0, double: 0, boolean: 0, string: 0 };
  for (;;) {
    let first: Kind | undefined;
    for (const kind of kinds) {
      const values = field.valuesOf(kind)!;
      if (next[kind] === values.count) continue;
      if (first && values.rowAt(next[kind]) >= field.valuesOf(first)!.rowAt(next[first])) continue;
      first = kind;
    }
    if (!first) break;
    const values = field.valuesOf(first)!;
    const index = next[first]++;
    const row = values.rowAt(index);
    // The commonest mixture, told apart without a bigint for each value.
    if (main instanceof DoubleValues && first === "long" && isExact) {
      const { halves } = values as LongValues;
      main.add(row, halves[2 * index + 1] * 2 ** 32 + (halves[2 * index] >>> 0));
      continue;
    }
    const value = valueAt(values, index);
    if (!addTo(main, row, value)) rest.addText(row, String(value));
  }
  return { main: main.count > 0 ? main : undefined, rest: rest.count > 0 ? rest : undefined };
}

function emptyValues(type: ColumnType, meter: Meter): Values {
  if (type === "long") return new LongValues(meter);
  if (type === "double") return new DoubleValues(meter);
  return type === "boolean" ? new BooleanValues(meter) : new TextValues(meter);
}

type Value = bigint | number | boolean | string;

function valueAt(values: Values, index: number): Value {
  if (values instanceof LongValues) return values.at(index);
  if (values instanceof DoubleValues) return values.doubles[index];
  if (values instanceof BooleanValues) return values.bits[index] === 1;
  return (values as TextValues).at(index);
}

/** @returns false when values of this kind can't hold it exactly */
function addTo(values: Values, row: number, value: Value): boolean {
  if (values instanceof TextValues) values.addText(row, String(value));
  else if (values instanceof BooleanValues && typeof value === "boolean") values.add(row, value);
  else if (values instanceof DoubleValues && typeof value === "number") values.add(row, value);
  else if (values instanceof DoubleValues && typeof value === "bigint" && BigInt(Number(value)) === value) {
    values.add(row, Number(value));
  } else if (values instanceof LongValues && typeof value === "bigint") addLong(values, row, value);
  else if (values instanceof LongValues && typeof value === "number" && Number.isSafeInteger(value)) {
    addLong(values, row, BigInt(value));
  } else return false;
  return true;
}

function addLong(values: LongValues, row: number, value: bigint): void {
  values.add(row, Number(BigInt.asIntN(32, value)), Number(value >> 32n));
}

/** A value as text of JSON, for the overflow. */
export function jsonTextAt(values: Values, index: number): string {
  const value = valueAt(values, index);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
