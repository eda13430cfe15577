const FIRST_CAPACITY = 1024;

/** What is kept of each row beside its fields: where it comes from in Kafka, when it was, which file it belongs to. */
export class RowLog {
  count = 0;
  offsets = new Float64Array(FIRST_CAPACITY);
  kafkaTimesMs = new Float64Array(FIRST_CAPACITY);
  eventTimesUs = new Float64Array(FIRST_CAPACITY);
  groups = new Int32Array(FIRST_CAPACITY);

  add(offset: number, kafkaTimeMs: number, eventTimeUs: number, group: number): void {
    if (this.count === this.groups.length) this.#grow();
    const at = this.count++;
    this.offsets[at] = offset;
    this.kafkaTimesMs[at] = kafkaTimeMs;
    this.eventTimesUs[at] = eventTimeUs;
    this.groups[at] = group;
  }

  get byteCount(): number {
    return this.groups.length * 28;
  }

  #grow(): void {
    const length = this.count * 2;
    for (const name of ["offsets", "kafkaTimesMs", "eventTimesUs"] as const) {
      const larger = new Float64Array(length);
      larger.set(this[name]);
      this[name] = larger;
    }
    const groups = new Int32Array(length);
    groups.set(this.groups);
    this.groups = groups;
  }
}
