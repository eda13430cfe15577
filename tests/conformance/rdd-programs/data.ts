// The tables that programs of both languages read. Python has them as lists of tuples under the same names.

let state = 20_240_229;

/** Whole numbers below `bound`, always the same ones. */
function next(bound: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % bound;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function pick<T>(...from: readonly T[]): T {
  return from[next(from.length)];
}

export const lines = [
  "the quick brown fox jumps over the lazy dog",
  "the dog sleeps",
  "",
  "a fox and a dog and a cat",
  "quick quick slow",
  "the cat sees the fox",
  "  spaces   everywhere  ",
  "one",
  "lazy summer afternoon",
  "the end of the day is the start of the night",
];

export const numbers = times(60, () => next(1000));

export const decimals = times(40, () => (next(20_001) - 10_000) / 64);

export const pairs = times(50, (i): [string, number] => [pick("ada", "bob", "eve", "joe", "zoë"), i]);

export const few = times(30, (): [number, number] => [next(4), next(10)]);

/** host, minute, value */
export const readings = times(60, (i): [string, number, number] => [`host${next(5)}`, i >> 1, next(100)]);

/** id, customer, product, quantity, price */
export const orders = times(40, (i): [number, string, string, number, number] => [
  i + 1,
  pick("ada", "bob", "eve", "joe"),
  pick("apple", "bread", "cheese", "dates"),
  1 + next(5),
  pick(0.5, 1.25, 2, 4.75),
]);

/** customer, city */
export const customers: [string, string | null][] = [
  ["ada", "Oslo"],
  ["bob", "Rome"],
  ["eve", null],
  ["fay", "Oslo"],
  ["bob", "Paris"],
];

/** source, destination */
export const edges = times(24, (): [number, number] => [next(9), next(9)]);

export const points = times(36, (i): [number, number] => [
  (i % 3) * 10 + next(64) / 16,
  (i % 3) * 5 + next(64) / 16,
]);

/** user, second */
export const clicks = times(48, (): [string, number] => [pick("u1", "u2", "u3"), next(2000)]);

export const log = times(50, (i) => {
  const path = pick("/", "/login", "/index.html", "/img/a.png");
  return `10.0.${next(3)}.${next(4)} - [${i}] "GET ${path}" ${pick(200, 200, 200, 404, 500)} ${next(5000)}`;
});
