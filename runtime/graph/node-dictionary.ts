import { cutWithEllipsis, type Utf8Column } from "../wire/utf8-column.ts";

const encoder = new TextEncoder();

/**
 * Numbers distinct texts 0, 1, 2 … in the order they come. Works on UTF-8 bytes, so that the million strings of a
 * column needn't become a million JavaScript strings.
 */
export class NodeDictionary {
  size = 0;
  #bytes = new Uint8Array(1 << 16);
  #ends = new Uint32Array(1 << 12);
  #hashes = new Uint32Array(1 << 12);
  #slots = new Int32Array(1 << 13).fill(-1);
  #scratch = new Uint8Array(1 << 10);

  /** The number of the text that is bytes[start .. end]. */
  add(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    // FNV leaves the low bits of short texts alike; the slots are taken from these.
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let node = this.#slots[slot]; node >= 0; node = this.#slots[slot]) {
      if (this.#hashes[node] === hash && this.#equals(node, bytes, start, end)) return node;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.size;
    this.#append(bytes, start, end, hash);
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return this.size - 1;
  }

  addText(text: string): number {
    if (text.length * 3 > this.#scratch.length) this.#scratch = new Uint8Array(text.length * 3);
    return this.add(this.#scratch, 0, encoder.encodeInto(text, this.#scratch).written);
  }

  /** All texts by number, those above `maxBytes` cut. */
  column(maxBytes = 1024): Utf8Column {
    const offsets = new Uint32Array(this.size + 1);
    const bytes = new Uint8Array(this.#end(this.size - 1));
    let end = 0;
    for (let node = 0; node < this.size; node++) {
      const text = this.#bytes.subarray(this.#end(node - 1), this.#end(node));
      bytes.set(text.subarray(0, maxBytes), end);
      end +=
        text.length <= maxBytes
          ? text.length
          : cutWithEllipsis(bytes.subarray(end, end + maxBytes), maxBytes);
      offsets[node + 1] = end;
    }
    return { offsets, bytes: bytes.slice(0, end) };
  }

  #end(node: number): number {
    return node < 0 ? 0 : this.#ends[node];
  }

  #equals(node: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#end(node - 1);
    if (this.#ends[node] - own !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (this.#bytes[own + i] !== bytes[start + i]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number): void {
    const own = this.#end(this.size - 1);
    const needed = own + end - start;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    if (this.size === this.#ends.length) {
      this.#ends = doubled(this.#ends);
      this.#hashes = doubled(this.#hashes);
    }
    this.#bytes.set(bytes.subarray(start, end), own);
    this.#ends[this.size] = needed;
    this.#hashes[this.size++] = hash;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let node = 0; node < this.size; node++) {
      let slot = this.#hashes[node] & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = node;
    }
    this.#slots = slots;
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(array.length * 2);
  grown.set(array);
  return grown;
}
