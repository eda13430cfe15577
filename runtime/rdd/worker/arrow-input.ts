// The least of an Arrow IPC stream reader: the buffers of each record batch, without copies or schema. The shim casts
// its input to a schema we chose, so the order and the types of the buffers are known.
// Format: https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format

/** The buffers of a batch, in the order of its columns; valid until the next batch is read. */
export interface ArrowBatch {
  readonly rowCount: number;
  readonly buffers: readonly Buffer[];
}

type Read = (target: Uint8Array) => boolean;

const continuation = 0xffff_ffff;
const recordBatchHeader = 3;

/** Reads batches until the stream's end mark. */
export function* arrowBatches(read: Read): Generator<ArrowBatch> {
  const prefix = Buffer.alloc(4);
  let body = Buffer.allocUnsafeSlow(1 << 16);
  for (;;) {
    mustRead(read, prefix);
    if (prefix.readUInt32LE() === continuation) mustRead(read, prefix);
    const length = prefix.readUInt32LE();
    if (length === 0) return;
    const meta = Buffer.allocUnsafe(length);
    mustRead(read, meta);
    const message = rootTable(meta);
    const bodyLength = Number(int64(meta, field(meta, message, 3)));
    if (bodyLength > body.length) body = Buffer.allocUnsafeSlow(bodyLength * 2);
    mustRead(read, body.subarray(0, bodyLength));
    if (meta[field(meta, message, 1)] !== recordBatchHeader) continue;
    yield recordBatch(meta, indirect(meta, field(meta, message, 2)), body);
  }
}

function recordBatch(meta: Buffer, table: number, body: Buffer): ArrowBatch {
  const rowCount = Number(int64(meta, field(meta, table, 0)));
  const vector = indirect(meta, field(meta, table, 2));
  const buffers = Array.from({ length: meta.readUInt32LE(vector) }, (_, index) => {
    const at = vector + 4 + index * 16;
    const offset = Number(int64(meta, at));
    return body.subarray(offset, offset + Number(int64(meta, at + 8)));
  });
  return { rowCount, buffers };
}

function mustRead(read: Read, target: Uint8Array): void {
  if (!read(target)) throw new Error("The input of the stage ended in the middle.");
}

// FlatBuffers: a table starts with the distance to its vtable, which holds the distance of each field.
function rootTable(bytes: Buffer): number {
  return indirect(bytes, 0);
}

/** Where a table's field lies; 0 when it has its default, which `int64` reads as 0. */
function field(bytes: Buffer, table: number, index: number): number {
  const vtable = table - bytes.readInt32LE(table);
  const slot = 4 + 2 * index;
  const distance = slot < bytes.readUInt16LE(vtable) ? bytes.readUInt16LE(vtable + slot) : 0;
  return distance === 0 ? 0 : table + distance;
}

function indirect(bytes: Buffer, at: number): number {
  return at + bytes.readUInt32LE(at);
}

function int64(bytes: Buffer, at: number): bigint {
  return at === 0 ? 0n : bytes.readBigInt64LE(at);
}
