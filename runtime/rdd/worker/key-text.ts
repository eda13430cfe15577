import { rowValueParts } from "./row-values.ts";

/** Text that is equal for equal values and different for others. Every item says where it ends. */
export function keyText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `"${value.length}:${value}`;
    case "number":
      return `${value + 0},`; // -0 is 0
    case "bigint":
      return `${value}n,`;
    case "object":
      return value === null ? "null," : objectText(value);
    default:
      return `${String(value)},`;
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) {
    let text = "[";
    for (const item of value as unknown[]) text += keyText(item);
    return `${text}]`;
  }
  if (value instanceof Date) return `date ${value.getTime()},`;
  if (value instanceof Map) return `map {${sorted(value, ([key, item]) => keyText(key) + keyText(item))}}`;
  if (value instanceof Set) return `set {${sorted(value, keyText)}}`;
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name} ${bytes.toString("base64")},`;
  }
  if (value instanceof RegExp) return `regexp ${keyText(String(value))}`;
  if (value instanceof Error) return `error ${keyText(value.name)}${keyText(value.message)}`;
  const parts = rowValueParts(value);
  if (parts) return `${parts.name} ${keyText(parts.args)}`;
  const record = value as Record<string, unknown>;
  const fields = Object.keys(record).sort();
  return `{${fields.map((name) => keyText(name) + keyText(record[name])).join("")}}`;
}

function sorted<T>(items: Iterable<T>, textOf: (item: T) => string): string {
  return [...items].map(textOf).sort().join("");
}
