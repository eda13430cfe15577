import { entryBytes, graphMagic, graphVersion, headerBytes } from "./graph-bytes.ts";
import { columnSpecs, typeCodes, type ColumnSpec } from "./graph-columns.ts";
import { graphLimits, type GraphTable } from "./graph-table.ts";
import { PayloadError } from "./payload-error.ts";
import type { Utf8Column } from "./utf8-column.ts";

/**
 * Reads the byte table that graph-bytes.ts describes. Columns are views into `bytes` where they can be.
 * Everything that drawing relies on is checked: counts, ranges, node indexes, text offsets, finite positions.
 * @throws PayloadError saying what is wrong
 */
export function decodeGraphBytes(bytes: Uint8Array<ArrayBuffer>): GraphTable {
  if (bytes.length < headerBytes) throw new PayloadError(`${bytes.length} bytes are too few for a graph`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== graphMagic)
    throw new PayloadError("its first bytes aren't those of a graph");
  const version = view.getUint16(4, true);
  if (version !== graphVersion)
    throw new PayloadError(`it has version ${version}, and this reader knows ${graphVersion}`);
  const columnCount = view.getUint16(6, true);
  const nodeCount = view.getUint32(8, true);
  const edgeCount = view.getUint32(12, true);
  if (nodeCount > graphLimits.nodes || edgeCount > graphLimits.edges) {
    throw new PayloadError(
      `it declares ${nodeCount} nodes and ${edgeCount} edges, more than a cell can hold`,
    );
  }
  if (bytes.length < headerBytes + entryBytes * columnCount) {
    throw new PayloadError(`it ends before the directory of its ${columnCount} columns does`);
  }
  const table: Record<string, unknown> = { nodeCount, edgeCount };
  for (let c = 0; c < columnCount; c++) {
    const entry = headerBytes + entryBytes * c;
    const spec = columnSpecs.find((known) => known.code === view.getUint16(entry, true));
    if (spec === undefined) continue;
    if (spec.name in table) throw new PayloadError(`it has column ${spec.name} twice`);
    const count = (spec.per === "node" ? nodeCount : edgeCount) * spec.width;
    if (
      view.getUint16(entry + 2, true) !== typeCodes[spec.type] ||
      view.getUint32(entry + 4, true) !== count
    ) {
      throw new PayloadError(`column ${spec.name} isn't ${count} values of type ${spec.type}`);
    }
    const offset = view.getUint32(entry + 8, true);
    const length = view.getUint32(entry + 12, true);
    if (offset % 4 !== 0 || offset + length > bytes.length) {
      throw new PayloadError(`column ${spec.name} lies outside of its ${bytes.length} bytes`);
    }
    table[spec.name] = readColumn(spec, bytes.subarray(offset, offset + length), count);
  }
  for (const required of ["nodeId", "edges"]) {
    if (!(required in table)) throw new PayloadError(`it has no column ${required}`);
  }
  return checked(table as unknown as GraphTable);
}

function readColumn(spec: ColumnSpec, data: Uint8Array<ArrayBuffer>, count: number): unknown {
  if (spec.type === "utf8") return readText(spec, data, count);
  const expected = spec.type === "u8" ? count : spec.type === "box16" ? 12 + 2 * count : 4 * count;
  if (data.length !== expected) {
    throw new PayloadError(`column ${spec.name} has ${data.length} bytes instead of ${expected}`);
  }
  if (spec.type === "u8") return data;
  if (spec.type === "u32") return new Uint32Array(data.buffer, data.byteOffset, count);
  return spec.type === "f32"
    ? new Float32Array(data.buffer, data.byteOffset, count)
    : readBox(spec, data, count);
}

function readBox(spec: ColumnSpec, data: Uint8Array<ArrayBuffer>, count: number): Float32Array {
  const box = new Float32Array(data.buffer, data.byteOffset, 3);
  if (!box.every((value) => Number.isFinite(value) && Math.abs(value) < 1e9) || box[2] <= 0) {
    throw new PayloadError(`column ${spec.name} has a box that no positions fit in`);
  }
  const steps = new Uint16Array(data.buffer, data.byteOffset + 12, count);
  return Float32Array.from(steps, (step, i) => box[i & 1] + (step / 65535) * box[2]);
}

function readText(spec: ColumnSpec, data: Uint8Array<ArrayBuffer>, count: number): Utf8Column {
  const offsetBytes = 4 * (count + 1);
  if (data.length < offsetBytes)
    throw new PayloadError(`column ${spec.name} is too short for ${count} texts`);
  const offsets = new Uint32Array(data.buffer, data.byteOffset, count + 1);
  const bytes = data.subarray(offsetBytes);
  let isOrdered = offsets[0] === 0 && offsets[count] === bytes.length;
  for (let i = 0; i < count && isOrdered; i++) isOrdered = offsets[i] <= offsets[i + 1];
  if (!isOrdered) throw new PayloadError(`column ${spec.name} has texts that overlap or lie outside of it`);
  return { offsets, bytes };
}

function checked(table: GraphTable): GraphTable {
  for (const node of table.edges) {
    if (node >= table.nodeCount) {
      throw new PayloadError(`an edge leads to node ${node}, and there are ${table.nodeCount} nodes`);
    }
  }
  return table;
}
