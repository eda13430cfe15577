import { LongValues, type Meter } from "./values.ts";

const FIRST_CAPACITY = 1024;

/** What is kept of each row beside its fields: where it comes from in Kafka, when it was, which file it belongs to. */
export class RowLog {
  count = 0;
  readonly offsets: LongValues;
  readonly kafkaTimesUs: LongValues;
  readonly eventTimesUs: LongValues;
  groups = new Int32Array(FIRST_CAPACITY);
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.offsets = new LongValues(meter);
    this.kafkaTimesUs = new LongValues(meter);
    this.eventTimesUs = new LongValues(meter);
  }

  add(offset: number, kafkaTimeUs: number, eventTimeUs: number, group: number): void {
    const row = this.count++;
    this.offsets.addNumber(row, offset);
    this.kafkaTimesUs.addNumber(row, kafkaTimeUs);
    this.eventTimesUs.addNumber(row, eventTimeUs);
    if (row === this.groups.length) {
      const { groups } = this;
      this.groups = new Int32Array(2 * row);
      this.groups.set(groups);
      this.#meter.bytes += groups.byteLength;
    }
    this.groups[row] = group;
  }

  /** Forgets the rows from there on. */
  dropFrom(row: number): void {
    this.count = row;
    for (const values of [this.offsets, this.kafkaTimesUs, this.eventTimesUs]) values.dropFrom(row);
  }
}
