// What a program gives, as tagged JSON, nothing lost: the form in which recorder.py writes PySpark's.

/** The value as JSON would give it back, with tags for what JSON lacks. Python's tuples and lists are both arrays. */
export function tagged(value: unknown): unknown {
  switch (typeof value) {
    case "undefined":
      return { $undefined: true };
    case "bigint":
      return { $big: String(value) };
    case "number":
      if (Object.is(value, -0)) return { $float: "-0" };
      return Number.isFinite(value) ? value : { $float: String(value) };
    case "boolean":
    case "string":
      return value;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return Array.from(value, tagged);
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("hex") };
  if (value instanceof Set) return { $set: sorted(Array.from(value, tagged)) };
  if (value instanceof Map) return { $map: Array.from(value, (entry) => entry.map(tagged)) };
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype || prototype === null) {
    return { $map: Object.entries(value as object).map(([key, part]) => [key, tagged(part)]) };
  }
  throw new TypeError(`tagged.ts has no form for a ${(value as object).constructor.name}.`);
}

/** Tagged values in one fixed order. */
export function sorted(values: readonly unknown[]): unknown[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
