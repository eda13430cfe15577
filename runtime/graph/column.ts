import type { NodeDictionary } from "./node-dictionary.ts";

/** A column of the user's data, however it is held. */
export interface Column {
  readonly length: number;
  get(row: number): unknown;
  /** Sets `isNull[row]` to 1 where this column has no value (null, undefined, NaN). */
  markNulls(isNull: Uint8Array): void;
  /** The node of each row's value; rows with `isNull` are skipped and stay 0. */
  addKeys(nodes: NodeDictionary, isNull: Uint8Array): Uint32Array;
}

export const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));

/** A value as the text that identifies and labels a node: 5, 5n and "5" are the same node. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (typeof value === "object" && Object.prototype.toString.call(value) === "[object Object]") {
    return value.toString === Object.prototype.toString ? jsonOf(value) : String(value);
  }
  return String(value);
}

const jsonOf = (value: object): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner));
