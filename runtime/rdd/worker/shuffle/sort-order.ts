import { compareValues } from "../compare-values.ts";

/** Below it, comparing is as fast. */
const minRadix = 2048;
const digits = 1 << 16;

/** The places of keys in their order; equal keys stay in order. `direction`: 1 if `compare` is `compareValues`, -1 the other way round. */
export function sortedOrder(
  keys: readonly unknown[],
  compare: (a: unknown, b: unknown) => number,
  direction: 1 | -1 | undefined,
): Uint32Array {
  if (direction !== undefined && keys.length >= minRadix) {
    const numbers = numbersOf(keys);
    if (numbers) return radixOrder(numbers, direction);
  }
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => compare(keys[a], keys[b]) || a - b);
}

/** How {@link sortedOrder}'s direction compares. */
export function naturally(direction: 1 | -1): (a: unknown, b: unknown) => number {
  return direction === 1 ? compareValues : (a, b) => compareValues(b, a);
}

function numbersOf(keys: readonly unknown[]): Float64Array | undefined {
  const numbers = new Float64Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key !== "number") return undefined;
    // One zero, and the NaN whose bits are above infinity's.
    numbers[i] = Number.isNaN(key) ? Number.NaN : key + 0;
  }
  return numbers;
}

/** By 16 bits of the number at a time, the lowest first: some millions of numbers a second, whatever their order. */
function radixOrder(numbers: Float64Array, direction: 1 | -1): Uint32Array {
  const { length } = numbers;
  const words = new Uint32Array(numbers.buffer);
  // As unsigned numbers of 64 bits, negative doubles are ordered backwards and above the others.
  for (let i = 0; i < length; i++) {
    const isNegative = words[2 * i + 1] >>> 31 === 1;
    const flip = (isNegative ? 0xffffffff : 0) ^ (direction === 1 ? 0 : 0xffffffff);
    words[2 * i] ^= flip;
    words[2 * i + 1] ^= (flip ^ 0x80000000 ^ (isNegative ? 0x80000000 : 0)) >>> 0;
  }
  const halves = new Uint16Array(numbers.buffer);
  let order = new Uint32Array(length);
  let next = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  const starts = new Uint32Array(digits);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (let i = digit; i < halves.length; i += 4) starts[halves[i]]++;
    if (starts[halves[digit]] === length) continue;
    for (let value = 0, start = 0; value < digits; value++) {
      const count = starts[value];
      starts[value] = start;
      start += count;
    }
    for (let i = 0; i < length; i++) next[starts[halves[4 * order[i] + digit]]++] = order[i];
    [order, next] = [next, order];
  }
  return order;
}
