// Which of a column's values are the same, for Parquet's dictionary encoding.
import type { FixedData, TextData } from "./parquet-column.ts";

/** More distinct values aren't worth their numbers, which would take 17 bits and more. */
const MAX_ENTRIES = 1 << 16;
/** As in Parquet's own writers. */
const MAX_DICTIONARY_BYTES = 1 << 20;
/** After so many values it is plain whether they repeat. */
const TRIAL = 1 << 14;

/** The distinct values of a column. */
export interface Dictionary {
  /** By number of the distinct value: the index of its first occurrence. */
  readonly firsts: Int32Array;
  /** By index: the number of its value. */
  readonly codes: Int32Array;
}

/** @returns undefined when the values repeat too little */
export function dictionaryOf(data: FixedData | TextData, count: number): Dictionary | undefined {
  return data.kind === "text" ? textDictionary(data, count) : fixedDictionary(data, count);
}

class Table {
  codes: Int32Array;
  firsts = new Int32Array(1024);
  size = 0;
  /** Slots with the number of a value and one more; 0 is free. */
  slots = new Int32Array(2048);
  hashes = new Int32Array(1024);

  constructor(count: number) {
    this.codes = new Int32Array(count);
  }

  add(slot: number, hash: number, index: number): void {
    const number = this.size++;
    this.firsts[number] = index;
    this.hashes[number] = hash;
    this.slots[slot] = number + 1;
    this.codes[index] = number;
    if (this.size === this.firsts.length) this.#grow();
  }

  #grow(): void {
    const { firsts, hashes } = this;
    this.firsts = new Int32Array(2 * this.size);
    this.firsts.set(firsts);
    this.hashes = new Int32Array(2 * this.size);
    this.hashes.set(hashes);
    this.slots = new Int32Array(4 * this.size);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = hashes[number] & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }

  repeatsTooLittle(index: number): boolean {
    if (this.size >= MAX_ENTRIES) return true;
    return index === TRIAL && this.size > 0.8 * TRIAL;
  }

  get dictionary(): Dictionary {
    return { firsts: this.firsts.subarray(0, this.size), codes: this.codes };
  }
}

function fixedDictionary({ halves }: FixedData, count: number): Dictionary | undefined {
  const table = new Table(count);
  for (let index = 0; index < count; index++) {
    if (table.repeatsTooLittle(index)) return undefined;
    const low = halves[2 * index];
    const high = halves[2 * index + 1];
    const hash = mixed(Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b));
    const { slots, firsts } = table;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const first = firsts[slots[slot] - 1];
      if (halves[2 * first] === low && halves[2 * first + 1] === high) break;
    }
    if (slots[slot] === 0) table.add(slot, hash, index);
    else table.codes[index] = slots[slot] - 1;
  }
  return table.dictionary;
}

function textDictionary({ bytes, starts }: TextData, count: number): Dictionary | undefined {
  const table = new Table(count);
  let dictionaryBytes = 0;
  for (let index = 0; index < count; index++) {
    if (table.repeatsTooLittle(index) || dictionaryBytes > MAX_DICTIONARY_BYTES) return undefined;
    const start = starts[index];
    const end = starts[index + 1];
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    hash = mixed(hash);
    const { slots, firsts, hashes } = table;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = slots[slot] - 1;
      if (hashes[number] === hash && isSame(bytes, starts, firsts[number], start, end)) break;
    }
    if (slots[slot] === 0) {
      table.add(slot, hash, index);
      dictionaryBytes += end - start + 4;
    } else {
      table.codes[index] = slots[slot] - 1;
    }
  }
  return table.dictionary;
}

function isSame(bytes: Uint8Array, starts: Int32Array, other: number, start: number, end: number): boolean {
  let at = starts[other];
  if (starts[other + 1] - at !== end - start) return false;
  while (start < end) if (bytes[at++] !== bytes[start++]) return false;
  return true;
}

function mixed(hash: number): number {
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
