import type { JobClasses } from "../records.ts";
import { encodeSegment } from "./segment-columns.ts";
import { keysOf, type Pairs, readPairs } from "./pair-segment.ts";
import { ScratchSegments } from "./scratch-segments.ts";
import type { Segment } from "./segment.ts";
import { SizeTally } from "./rough-size.ts";
import { sortedOrder } from "./sort-order.ts";

export interface SortOptions {
  readonly classes: JobClasses;
  readonly scratchFolder: string;
  readonly memoryBytes: number;
}

type Compare = (a: unknown, b: unknown) => number;

export interface SortOrder {
  readonly compare: Compare;
  /** 1 if `compare` is `compareValues`, -1 if it is that the other way round. */
  readonly direction?: 1 | -1;
}

/** Of a record's key and value, what arrays hold of them and of their order, twice: V8 lets garbage lie for a while. */
const bytesPerRecord = 100;
const blockRecords = 4096;
const maxBlockBytes = 1 << 18;

/**
 * The pairs of segments ordered by key; equal keys stay in the order in which they came. What doesn't fit in memory is
 * sorted in runs, which are written to scratch files and merged.
 */
export function* sortedPairs(
  segments: Iterable<Segment>,
  order: SortOrder,
  options: SortOptions,
): Generator<unknown[]> {
  const { classes, scratchFolder, memoryBytes } = options;
  const runs: Segment[][] = [];
  let scratch: ScratchSegments | undefined;
  let run = new Run();
  try {
    for (const segment of segments) {
      run.add(readPairs(segment, classes));
      if (run.bytes < memoryBytes) continue;
      scratch ??= new ScratchSegments(scratchFolder);
      runs.push(run.write(order, scratch, classes));
      run = new Run();
    }
    if (!scratch) {
      yield* run.blocks(order);
      return;
    }
    runs.push(run.write(order, scratch, classes));
    run = new Run();
    yield* merged(
      runs.map((segments) => new RunReader(segments, classes)),
      order.compare,
    );
  } finally {
    scratch?.close();
  }
}

class Run {
  readonly #keys: unknown[] = [];
  readonly #values: unknown[] = [];
  readonly #size = new SizeTally();

  get bytes(): number {
    return this.#size.bytes + bytesPerRecord * this.#keys.length;
  }

  add(pairs: Pairs): void {
    const keys = keysOf(pairs.keys);
    const { values } = pairs;
    for (let i = 0; i < keys.length; i++) {
      this.#keys.push(keys[i]);
      this.#values.push(values[i]);
      this.#size.add(keys[i]);
      this.#size.add(values[i]);
    }
  }

  *blocks(wanted: SortOrder): Generator<[unknown, unknown][]> {
    const order = sortedOrder(this.#keys, wanted.compare, wanted.direction);
    for (let start = 0; start < order.length; start += blockRecords) {
      yield Array.from(order.subarray(start, start + blockRecords), (i) => [this.#keys[i], this.#values[i]]);
    }
  }

  write(wanted: SortOrder, scratch: ScratchSegments, classes: JobClasses): Segment[] {
    const order = sortedOrder(this.#keys, wanted.compare, wanted.direction);
    // Merging holds a block of each run.
    const average = this.#size.bytes / Math.max(1, order.length);
    const size = Math.max(16, Math.min(blockRecords, Math.floor(maxBlockBytes / (average + 1))));
    const segments: Segment[] = [];
    for (let start = 0; start < order.length; start += size) {
      const part = order.subarray(start, start + size);
      const columns = [this.#keys, this.#values].map((column) => Array.from(part, (i) => column[i]));
      const about = { dependency: 0, source: 0, seq: segments.length, bucket: -1, count: part.length };
      segments.push(scratch.add(about, encodeSegment(columns, classes)));
    }
    return segments;
  }
}

class RunReader {
  readonly #segments: Segment[];
  readonly #classes: JobClasses;
  #next = 0;
  #keys: readonly unknown[] = [];
  #values: ArrayLike<unknown> = [];
  #at = 0;

  constructor(segments: Segment[], classes: JobClasses) {
    this.#segments = segments;
    this.#classes = classes;
  }

  /** Goes to the next record; false after the last. */
  advance(): boolean {
    if (++this.#at < this.#keys.length) return true;
    if (this.#next === this.#segments.length) return false;
    const { keys, values } = readPairs(this.#segments[this.#next++], this.#classes);
    this.#keys = keysOf(keys);
    this.#values = values;
    this.#at = 0;
    return true;
  }

  get key(): unknown {
    return this.#keys[this.#at];
  }

  get pair(): [unknown, unknown] {
    return [this.#keys[this.#at], this.#values[this.#at]];
  }
}

/** A heap of the runs by their next key; of equal keys the earlier run is first. */
function* merged(runs: RunReader[], compare: Compare): Generator<unknown[]> {
  const heap = runs.map((reader, index) => ({ reader, index })).filter(({ reader }) => reader.advance());
  const isBefore = (a: (typeof heap)[number], b: (typeof heap)[number]) =>
    (compare(a.reader.key, b.reader.key) || a.index - b.index) < 0;
  const sink = (from: number) => {
    for (let at = from; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && isBefore(heap[child], heap[least])) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least], heap[at]];
      at = least;
    }
  };
  for (let at = heap.length >> 1; at >= 0; at--) sink(at);
  let block: unknown[] = [];
  while (heap.length > 0) {
    const { reader } = heap[0];
    if (block.push(reader.pair) === blockRecords) {
      yield block;
      block = [];
    }
    if (!reader.advance()) {
      const last = heap.pop()!;
      if (heap.length > 0 && last.reader !== reader) heap[0] = last;
    }
    sink(0);
  }
  if (block.length > 0) yield block;
}
