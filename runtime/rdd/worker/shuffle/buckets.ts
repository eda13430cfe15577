// Large shuffles divide the keys of a reduce partition into buckets, so that it works on one of them at a time: a V8
// map of millions of keys costs eight times what a hundred smaller ones cost (findings, spikes/rdd).

/** The bucket of records that stay in the order in which they came. */
export const unbucketed = -1;

const bucketsInAll = 128;

/** How many buckets each reduce partition has: a power of two. */
export function bucketsFor(partitions: number): number {
  let buckets = 1;
  while (buckets * partitions < bucketsInAll) buckets *= 2;
  return buckets;
}

/**
 * The bucket of a key's hash. Its highest bit says how many buckets there are, so that it can be read without knowing.
 * Some reduce partitions are chosen by the same hash, and so are buckets of buckets: each level takes other bits.
 */
export function bucketOfHash(hash: number, buckets: number, level: number): number {
  let spread = Math.imul(hash ^ (hash >>> 15) ^ Math.imul(level, 0x9e3779b1), 0x2c1b3c6d);
  spread = Math.imul(spread ^ (spread >>> 13), 0x297a2d39);
  return buckets | ((spread ^ (spread >>> 16)) & (buckets - 1));
}

/** How many buckets there are where this one is. */
export function bucketCount(bucket: number): number {
  return 1 << (31 - Math.clz32(bucket));
}
