import { describeValue } from "../../sql/columns/row-error.ts";
import { isBytes, sameKey } from "./hash-key.ts";
import { orderedPart } from "./row-values.ts";

/**
 * The order of two values as Python has it: numbers, bigints and booleans by what they count, text by code point, dates
 * by time, byte arrays and arrays item by item. NaN comes after all numbers. Equal values of any other kind give 0.
 * @throws TypeError for values that have no order, with both
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return compareNumbers(a, b);
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  return compareOthers(a, b);
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x < 0xd800 || y < 0xd800 ? x - y : compareAt(a, b, i);
  }
  return a.length - b.length;
}

/** Where one of two texts has a surrogate: the second half of a pair counts with the first. */
function compareAt(a: string, b: string, index: number): number {
  const isSecond = index > 0 && (a.charCodeAt(index - 1) & 0xfc00) === 0xd800;
  const whole = isSecond ? a.codePointAt(index - 1)! - b.codePointAt(index - 1)! : 0;
  return whole || a.codePointAt(index)! - b.codePointAt(index)!;
}

function compareOthers(a: unknown, b: unknown): number {
  if (isCount(a) && isCount(b)) return compareNumbers(counted(a), counted(b));
  if (Array.isArray(a) && Array.isArray(b)) return compareItems(a, b);
  if (a instanceof Date && b instanceof Date) return compareNumbers(a.getTime(), b.getTime());
  if (isBytes(a) && isBytes(b)) return Buffer.compare(a, b);
  const [x, y] = [orderedPart(a), orderedPart(b)];
  if (x !== undefined && y !== undefined && x.name === y.name) return compareValues(x.value, y.value);
  if (sameKey(a, b)) return 0;
  throw new TypeError(
    `There is no order between ${describeValue(a)} and ${describeValue(b)}.\n` +
      "Give a key function that returns numbers, strings, booleans, bigints, dates or arrays of these.",
  );
}

function isCount(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function counted(value: number | bigint | boolean): number | bigint {
  return typeof value === "boolean" ? Number(value) : value;
}

function compareItems(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
