const mask = (1n << 64n) - 1n;

/** Spark's `XORShiftRandom`, which deals out records at a repartition: the same numbers for the same seed. */
export class XorShiftRandom {
  #state: bigint;

  constructor(seed: number | bigint) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(seed)));
    const low = bytesHash(bytes, 0x3c074a61);
    const high = bytesHash(bytes, low);
    this.#state = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }

  /** From 0 to below `bound`, as Java's `Random.nextInt` makes it of the bits. */
  nextInt(bound: number): number {
    if (!Number.isInteger(bound) || bound <= 0) throw new RangeError(`The bound ${bound} isn't positive.`);
    if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(this.#next31())) >> 31n);
    for (;;) {
      const bits = this.#next31();
      const value = bits % bound;
      // Past the last whole multiple of the bound: such bits would favour small values.
      if (bits - value + (bound - 1) <= 0x7fffffff) return value;
    }
  }

  #next31(): number {
    let next = this.#state ^ ((this.#state << 21n) & mask);
    next ^= next >> 35n;
    next ^= (next << 4n) & mask;
    this.#state = next;
    return Number(next & 0x7fffffffn);
  }
}

/** scala.util.hashing.MurmurHash3.bytesHash, of whole words. */
function bytesHash(bytes: Buffer, seed: number): number {
  let hash = seed;
  for (let at = 0; at < bytes.length; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
