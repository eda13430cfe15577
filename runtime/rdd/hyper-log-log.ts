import tables from "./hyper-log-log-tables.json" with { type: "json" };

/** Estimates are corrected by tables up to this precision. */
const maxTabled = 18;
const minPrecision = 4;
const neighbours = 6;

/** How many different values there were, from the registers of a HyperLogLog++ sketch: the number that Spark gives. */
export class HyperLogLog {
  readonly #registers: Uint8Array;

  constructor(registers: Uint8Array) {
    this.#registers = registers;
  }

  /** One sketch of all that several have seen. */
  static merged(sketches: readonly Uint8Array[]): HyperLogLog {
    const all = new Uint8Array(sketches[0]?.length ?? 2 ** minPrecision);
    for (const registers of sketches) {
      for (let i = 0; i < all.length; i++) if (all[i] < registers[i]) all[i] = registers[i];
    }
    return new HyperLogLog(all);
  }

  cardinality(): number {
    const count = this.#registers.length;
    const precision = Math.log2(count);
    let sum = 0;
    let zeros = 0;
    for (const register of this.#registers) {
      sum += 2 ** -register;
      if (register === 0) zeros++;
    }
    const raw = (alpha(count) * count * count) / sum;
    const estimate = raw <= 5 * count ? raw - bias(raw, precision) : raw;
    const counted = zeros > 0 ? count * Math.log(count / zeros) : estimate;
    const isSmall =
      precision <= maxTabled ? counted < tables.thresholds[precision - minPrecision] : raw <= 5 * count;
    return Math.round(isSmall ? counted : estimate);
  }
}

function alpha(count: number): number {
  if (count === 16) return 0.673;
  if (count === 32) return 0.697;
  return count === 64 ? 0.709 : 0.7213 / (1 + 1.079 / count);
}

/** By how much estimates of about this size were too large, measured by the authors of HyperLogLog++. */
function bias(raw: number, precision: number): number {
  if (precision > maxTabled) return 0;
  // Of equally near ones the last counts.
  const near = new Map<number, number>();
  tables.estimates[precision - minPrecision].forEach((estimate, i) => near.set((raw - estimate) ** 2, i));
  const nearest = [...near].sort(([a], [b]) => a - b).slice(0, neighbours);
  return nearest.reduce((sum, [, i]) => sum + tables.biases[precision - minPrecision][i], 0) / neighbours;
}
