// Values as tagged JSON, nothing lost: the form in which recorder.py writes Spark's.
import {
  CalendarInterval,
  DayTimeInterval,
  Decimal,
  Row,
  Time,
  Timestamp,
  types,
  VariantVal,
  YearMonthInterval,
} from "../../../runtime/index.ts";

/** A value of a row whose column has this type. */
export function tagged(value: unknown, type: types.DataType): unknown {
  if (value === null) return null;
  switch (type.typeName) {
    case "date":
      return { $date: (value as Date).toISOString().slice(0, 10) };
    case "timestamp":
      return { $ts: `${iso((value as Timestamp).epochMicros)}Z` };
    case "timestamp_ntz":
      return { $ntz: iso((value as Timestamp).epochMicros) };
    case "array":
      return (value as unknown[]).map((one) => tagged(one, type.elementType));
    case "map":
      return taggedMap(value as Map<unknown, unknown>, type.keyType, type.valueType);
    case "struct":
      return { $row: (value as Row).toArray().map((one, i) => tagged(one, type.fields[i].dataType)) };
    default:
      return plain(value);
  }
}

/** A value of no known type, such as the answer of an action. */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "boolean":
    case "string":
      return value;
    case "bigint":
      return { $big: String(value) };
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $float: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Decimal) return { $dec: String(value) };
  if (value instanceof Timestamp) return { $ts: `${iso(value.epochMicros)}Z` };
  if (value instanceof Date) return { $date: value.toISOString().slice(0, 10) };
  if (value instanceof Uint8Array) return { $bin: Buffer.from(value).toString("hex") };
  if (value instanceof DayTimeInterval) return { $dayTime: String(value.micros) };
  if (value instanceof YearMonthInterval) return { $yearMonth: String(value) };
  if (value instanceof CalendarInterval) {
    return { $interval: [value.months, value.days, String(value.micros * 1000n)] };
  }
  if (value instanceof Time) return { $time: String(value.nanosOfDay) };
  if (value instanceof VariantVal) return { $variant: value.toJson() };
  if (value instanceof Row) return { $row: value.toArray().map(plain) };
  if (value instanceof Map) {
    return sortedMap(Array.from(value, ([k, v]): [unknown, unknown] => [plain(k), plain(v)]));
  }
  if (value instanceof types.StructType) return { $type: value.jsonValue() };
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype) {
    return sortedMap(Object.entries(value).map(([k, v]): [unknown, unknown] => [k, plain(v)]));
  }
  throw new TypeError(`tagged.ts has no form for a ${(value as object).constructor.name}.`);
}

/** Recorded values with the entries of maps in the order in which {@link tagged} gives them. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, canonical(part)]));
  return "$map" in fields ? sortedMap(fields.$map as [unknown, unknown][]) : fields;
}

function taggedMap(map: Map<unknown, unknown>, key: types.DataType, value: types.DataType): unknown {
  return sortedMap(Array.from(map, ([k, v]): [unknown, unknown] => [tagged(k, key), tagged(v, value)]));
}

// The order of a map's entries means nothing.
function sortedMap(entries: [unknown, unknown][]): unknown {
  return { $map: entries.toSorted(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
}

function iso(epochMicros: bigint): string {
  const micros = ((epochMicros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((epochMicros - micros) / 1000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(micros).padStart(6, "0")}`;
}
