// Whole columns of the commonest kinds of values at once: several times as fast as one value after another.
import type { ColumnLayout } from "./column-layouts.ts";

/**
 * The column of these values, or undefined where one of them needs a closer look: then a `columnBuilder` takes them
 * one by one, and says what is wrong.
 * @param type a type as Spark writes it in JSON
 */
export function plainColumn(
  type: unknown,
  nullable: boolean,
  values: readonly unknown[],
): ColumnLayout | undefined {
  const nulls = new Nulls(values.length);
  const data = plainData(type, values, nulls);
  if (!data || (nulls.count > 0 && !nullable)) return undefined;
  return { length: values.length, nullCount: nulls.count, buffers: [nulls.bits(), ...data], children: [] };
}

function plainData(type: unknown, values: readonly unknown[], nulls: Nulls): Uint8Array[] | undefined {
  switch (type) {
    case "integer":
      return integers(values, nulls);
    case "long":
      return longs(values, nulls);
    case "double":
      return doubles(values, nulls);
    case "string":
      return texts(values, nulls);
    default:
      return undefined;
  }
}

class Nulls {
  count = 0;
  readonly #length: number;
  #positions: Uint8Array | undefined;

  constructor(length: number) {
    this.#length = length;
  }

  add(index: number): void {
    this.#positions ??= new Uint8Array((this.#length + 7) >> 3).fill(255);
    this.#positions[index >> 3] &= ~(1 << (index & 7));
    this.count++;
  }

  bits(): Uint8Array {
    return this.#positions ?? new Uint8Array();
  }
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function integers(values: readonly unknown[], nulls: Nulls): Uint8Array[] | undefined {
  const data = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "number" && (value | 0) === value) data[i] = value;
    else if (value === null || value === undefined) nulls.add(i);
    else return undefined;
  }
  return [bytesOf(data)];
}

function longs(values: readonly unknown[], nulls: Nulls): Uint8Array[] | undefined {
  // Two words for each: making a bigint of a number takes ten times as long.
  const words = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "number" && Number.isSafeInteger(value)) {
      words[2 * i] = value; // modulo 2^32
      words[2 * i + 1] = Math.floor(value / 0x1_0000_0000);
    } else if (value === null || value === undefined) nulls.add(i);
    else return undefined;
  }
  return [bytesOf(words)];
}

function doubles(values: readonly unknown[], nulls: Nulls): Uint8Array[] | undefined {
  const data = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "number") data[i] = value;
    else if (value === null || value === undefined) nulls.add(i);
    else return undefined;
  }
  return [bytesOf(data)];
}

/** Texts that are joined, to be encoded at once. */
const portion = 512;

function texts(values: readonly unknown[], nulls: Nulls): Uint8Array[] | undefined {
  const offsets = new Int32Array(values.length + 1);
  let characters = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "string") characters += value.length;
    else if (value === null || value === undefined) nulls.add(i);
    else return undefined;
    offsets[i + 1] = characters;
  }
  if (characters > 0x7fff_ffff) return undefined;
  const data = Buffer.allocUnsafeSlow(characters);
  for (let from = 0; from < values.length; from += portion) {
    const joined = values.slice(from, from + portion).join("");
    // Other than ASCII, a text has more bytes than characters, and may be no text.
    if (joined.length !== Buffer.byteLength(joined)) return undefined;
    data.write(joined, offsets[from], "latin1");
  }
  return [bytesOf(offsets), data];
}
