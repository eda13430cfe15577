/** The numbers that a {@link StatCounter} is made of, which travel. */
export interface StatState {
  readonly count: number;
  readonly mean: number;
  /** The sum of squares of the distances from the mean. */
  readonly m2: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Count, mean, variance and extremes of numbers, taken in one pass, as {@link RDD.stats} gives them.
 * @example const { mean, stdev } = (await numbers.stats()).asDict();
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.stats.html
 */
export class StatCounter {
  #count = 0;
  #mean = 0;
  #m2 = 0;
  #min = Infinity;
  #max = -Infinity;

  /** @param values numbers to begin with; default: none */
  constructor(values: Iterable<number> = []) {
    for (const value of values) this.merge(value);
  }

  /** One counter of several states, put together in their order. */
  static merged(states: readonly unknown[]): StatCounter {
    const all = new StatCounter();
    for (const state of states) all.mergeStats(StatCounter.of(state as StatState));
    return all;
  }

  /** The counter that had this state. */
  static of({ count, mean, m2, min, max }: StatState): StatCounter {
    const counter = new StatCounter();
    counter.#count = count;
    counter.#mean = mean;
    counter.#m2 = m2;
    counter.#min = min;
    counter.#max = max;
    return counter;
  }

  /** What a partition sends of it: plain numbers. */
  state(): StatState {
    return { count: this.#count, mean: this.#mean, m2: this.#m2, min: this.#min, max: this.#max };
  }

  /** Counts one more number. */
  merge(value: number): this {
    const delta = value - this.#mean;
    this.#count++;
    this.#mean += delta / this.#count;
    this.#m2 += delta * (value - this.#mean);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    return this;
  }

  /** Counts what another counter has counted. */
  mergeStats(other: StatCounter): this {
    const { count: n, mean, m2, min, max } = other.state();
    const own = this.#count;
    if (n === 0) return this;
    const delta = mean - this.#mean;
    // The larger part is moved by the smaller, which keeps more digits.
    if (own === 0) this.#mean = mean;
    else if (n * 10 < own) this.#mean += (delta * n) / (own + n);
    else if (own * 10 < n) this.#mean = mean - (delta * own) / (own + n);
    else this.#mean = (this.#mean * own + mean * n) / (own + n);
    this.#m2 = own === 0 ? m2 : this.#m2 + (m2 + (delta * delta * own * n) / (own + n));
    this.#count += n;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
    return this;
  }

  /** Another with the same numbers. */
  copy(): StatCounter {
    return StatCounter.of(this.state());
  }

  /** How many numbers there were. */
  count(): number {
    return this.#count;
  }

  /** 0 of no numbers. */
  mean(): number {
    return this.#mean;
  }

  /** Their sum. */
  sum(): number {
    return this.#count * this.#mean;
  }

  /** Infinity of no numbers. */
  min(): number {
    return this.#min;
  }

  /** -Infinity of no numbers. */
  max(): number {
    return this.#max;
  }

  /** NaN of no numbers. */
  variance(): number {
    return this.#count === 0 ? Number.NaN : this.#m2 / this.#count;
  }

  /** The variance of what the numbers are a sample of; NaN of fewer than two. */
  sampleVariance(): number {
    return this.#count <= 1 ? Number.NaN : this.#m2 / (this.#count - 1);
  }

  /** Their standard deviation, as of a whole population; NaN of none. */
  stdev(): number {
    return Math.sqrt(this.variance());
  }

  /** Their standard deviation, estimated from them as a sample; NaN of less than two. */
  sampleStdev(): number {
    return Math.sqrt(this.sampleVariance());
  }

  /**
   * All of it by name.
   * @param sample as in PySpark: false gives the sample's standard deviation and variance, true those of the numbers
   * themselves. Default: false
   */
  asDict(sample = false): Record<"count" | "mean" | "sum" | "min" | "max" | "stdev" | "variance", number> {
    return {
      count: this.count(),
      mean: this.mean(),
      sum: this.sum(),
      min: this.min(),
      max: this.max(),
      stdev: sample ? this.stdev() : this.sampleStdev(),
      variance: sample ? this.variance() : this.sampleVariance(),
    };
  }

  toString(): string {
    return `(count: ${this.count()}, mean: ${this.mean()}, stdev: ${this.stdev()}, max: ${this.max()}, min: ${this.min()})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
