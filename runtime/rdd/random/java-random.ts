const mask = (1n << 48n) - 1n;

/** Java's `java.util.Random`: the same numbers for the same seed. */
export class JavaRandom {
  #state: bigint;

  constructor(seed: number | bigint) {
    this.#state = (BigInt(seed) ^ 0x5deece66dn) & mask;
  }

  /** From 0 to below `bound`; without one, any int. */
  nextInt(bound?: number): number {
    if (bound === undefined) return this.#next(32);
    if (!Number.isInteger(bound) || bound <= 0) throw new RangeError(`The bound ${bound} isn't positive.`);
    if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(this.#next(31))) >> 31n);
    for (;;) {
      const bits = this.#next(31);
      const value = bits % bound;
      // Past the last whole multiple of the bound: such bits would favour small values.
      if (bits - value + (bound - 1) <= 0x7fffffff) return value;
    }
  }

  nextLong(): bigint {
    return BigInt.asIntN(64, (BigInt(this.#next(32)) << 32n) + BigInt(this.#next(32)));
  }

  /** From 0 to below 1. */
  nextDouble(): number {
    const high = this.#next(26);
    return (high * 134217728 + this.#next(27)) / 9007199254740992;
  }

  #next(bits: number): number {
    this.#state = (this.#state * 0x5deece66dn + 0xbn) & mask;
    return Number(BigInt.asIntN(32, this.#state >> BigInt(48 - bits)));
  }
}
