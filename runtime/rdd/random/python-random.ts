const size = 624;
const middle = 397;

/**
 * Python's `random.Random`: the same numbers for the same seed.
 * @example new PythonRandom(7).random() // 0.32383276483316237
 */
export class PythonRandom {
  readonly #state = new Uint32Array(size);
  #next = size;

  /** @param seed a whole number; all of its bits count, its sign doesn't. Default: one that differs each time. */
  constructor(seed: number | bigint = randomSeed()) {
    let rest = BigInt(seed);
    if (rest < 0n) rest = -rest;
    const words: number[] = [];
    do {
      words.push(Number(rest & 0xffffffffn));
      rest >>= 32n;
    } while (rest > 0n);
    this.#seed(words);
  }

  /** From 0 to below 1, 53 bits. */
  random(): number {
    const high = this.#word() >>> 5;
    return (high * 67108864 + (this.#word() >>> 6)) / 9007199254740992;
  }

  /** So many random bits, as a bigint when they may not fit a number. */
  getrandbits(bits: number): number | bigint {
    if (bits === 0) return 0;
    if (bits <= 32) return this.#word() >>> (32 - bits);
    let value = 0n;
    for (let shift = 0; shift < bits; shift += 32) {
      const left = bits - shift;
      value |= BigInt(left >= 32 ? this.#word() : this.#word() >>> (32 - left)) << BigInt(shift);
    }
    return bits > 53 ? value : Number(value);
  }

  /** From `low` to `high`, both of which it may be. */
  randint(low: number, high: number): number;
  randint(low: number | bigint, high: number | bigint): number | bigint;
  randint(low: number | bigint, high: number | bigint): number | bigint {
    const drawn = BigInt(low) + BigInt(this.#below(BigInt(high) - BigInt(low) + 1n));
    return typeof low === "number" && typeof high === "number" ? Number(drawn) : drawn;
  }

  /** Puts the items of an array in another order, in place, and gives it. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Number(this.#below(BigInt(i + 1)));
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }

  /** So many of the items, each at most once, in random order. */
  sample<T>(items: readonly T[], count: number): T[] {
    if (count < 0 || count > items.length) {
      throw new RangeError(`A sample of ${items.length} items can't have ${count}.`);
    }
    const setSize = 21 + (count > 5 ? 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 0);
    return items.length <= setSize ? this.#sampleByPool(items, count) : this.#sampleBySet(items, count);
  }

  /** Exponentially distributed, with the mean 1 / rate. */
  expovariate(rate: number): number {
    return -Math.log(1 - this.random()) / rate;
  }

  #sampleByPool<T>(items: readonly T[], count: number): T[] {
    const pool = [...items];
    return Array.from({ length: count }, (_, i) => {
      const j = Number(this.#below(BigInt(items.length - i)));
      const drawn = pool[j];
      pool[j] = pool[items.length - i - 1];
      return drawn;
    });
  }

  #sampleBySet<T>(items: readonly T[], count: number): T[] {
    const drawn = new Set<number>();
    while (drawn.size < count) drawn.add(Number(this.#below(BigInt(items.length))));
    return [...drawn].map((index) => items[index]);
  }

  #below(limit: bigint): number | bigint {
    const bits = limit.toString(2).length;
    let drawn = this.getrandbits(bits);
    while (drawn >= limit) drawn = this.getrandbits(bits);
    return drawn;
  }

  // The Mersenne Twister MT19937, by M. Matsumoto and T. Nishimura, as they describe it.
  #seed(key: readonly number[]): void {
    const state = this.#state;
    state[0] = 19650218;
    for (let i = 1; i < size; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    let i = 1;
    let j = 0;
    const step = () => {
      if (++i < size) return;
      state[0] = state[size - 1];
      i = 1;
    };
    for (let k = Math.max(size, key.length); k > 0; k--) {
      const before = state[i - 1];
      state[i] = (state[i] ^ Math.imul(before ^ (before >>> 30), 1664525)) + key[j] + j;
      step();
      if (++j >= key.length) j = 0;
    }
    for (let k = size - 1; k > 0; k--) {
      const before = state[i - 1];
      state[i] = (state[i] ^ Math.imul(before ^ (before >>> 30), 1566083941)) - i;
      step();
    }
    state[0] = 0x80000000;
  }

  #word(): number {
    if (this.#next === size) this.#twist();
    let word = this.#state[this.#next++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < size; i++) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % size] & 0x7fffffff);
      state[i] = state[(i + middle) % size] ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}

/** A seed for who gave none. */
export function randomSeed(): number {
  return Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
}
