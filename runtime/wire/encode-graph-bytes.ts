import { entryBytes, graphMagic, graphVersion, headerBytes } from "./graph-bytes.ts";
import { columnSpecs, typeCodes } from "./graph-columns.ts";
import type { GraphTable } from "./graph-table.ts";
import type { Utf8Column } from "./utf8-column.ts";

/** Writes the byte table that graph-bytes.ts describes. */
export function encodeGraphBytes(table: GraphTable): Uint8Array<ArrayBuffer> {
  const present = columnSpecs.filter((spec) => table[spec.name] !== undefined);
  const parts = present.map((spec) => {
    const values = table[spec.name]!;
    if (spec.type === "utf8") return textParts(values as Utf8Column);
    return spec.type === "box16" ? boxParts(values as Float32Array) : [bytesOf(values as Float32Array)];
  });
  const lengths = parts.map((pieces) => pieces.reduce((sum, piece) => sum + piece.length, 0));
  const dataStart = headerBytes + entryBytes * present.length;
  const total = lengths.reduce((sum, length) => sum + aligned(length), dataStart);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, graphMagic, true);
  view.setUint16(4, graphVersion, true);
  view.setUint16(6, present.length, true);
  view.setUint32(8, table.nodeCount, true);
  view.setUint32(12, table.edgeCount, true);
  let offset = dataStart;
  present.forEach((spec, c) => {
    const entry = headerBytes + entryBytes * c;
    view.setUint16(entry, spec.code, true);
    view.setUint16(entry + 2, typeCodes[spec.type], true);
    view.setUint32(entry + 4, (spec.per === "node" ? table.nodeCount : table.edgeCount) * spec.width, true);
    view.setUint32(entry + 8, offset, true);
    view.setUint32(entry + 12, lengths[c], true);
    let end = offset;
    for (const piece of parts[c]) {
      bytes.set(piece, end);
      end += piece.length;
    }
    offset += aligned(lengths[c]);
  });
  return bytes;
}

const aligned = (length: number): number => Math.ceil(length / 4) * 4;

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const textParts = (column: Utf8Column): Uint8Array[] => [bytesOf(column.offsets), column.bytes];

// A quarter of the bytes of two f64, and finer than a pixel of any screen.
function boxParts(values: Float32Array): Uint8Array[] {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low[i & 1] = Math.min(low[i & 1], values[i]);
    high[i & 1] = Math.max(high[i & 1], values[i]);
  }
  const box = new Float32Array([
    Number.isFinite(low[0]) ? low[0] : 0,
    Number.isFinite(low[1]) ? low[1] : 0,
    Math.max(high[0] - low[0], high[1] - low[1], 1e-6),
  ]);
  const steps = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const share = (values[i] - box[i & 1]) / box[2];
    steps[i] = Number.isFinite(share) ? Math.round(Math.min(1, Math.max(0, share)) * 65535) : 32768;
  }
  return [bytesOf(box), bytesOf(steps)];
}
