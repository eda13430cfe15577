// JSON as VARIANT: https://github.com/apache/parquet-format/blob/master/VariantEncoding.md

/** The two byte strings of a variant. */
export interface VariantBytes {
  readonly value: Uint8Array;
  readonly metadata: Uint8Array;
}

/** A number as JSON wrote it, before it is rounded to a double. */
class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** @throws SyntaxError for text that is no JSON */
export function writeVariant(json: string): VariantBytes {
  const parsed: unknown = JSON.parse(json, (_, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? new NumberText(context?.source ?? String(value)) : value,
  );
  const names = new Map<string, number>();
  const value = encode(parsed, names);
  return { value, metadata: metadataOf([...names.keys()]) };
}

function metadataOf(names: readonly string[]): Buffer {
  const texts = names.map((name) => Buffer.from(name));
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const width = widthOf(Math.max(size, names.length));
  return Buffer.concat([
    Buffer.of(1 | ((width - 1) << 6)),
    number(names.length, width),
    ...offsetsOf(texts, width),
    ...texts,
  ]);
}

function encode(value: unknown, names: Map<string, number>): Buffer {
  if (value === null) return Buffer.of(0);
  if (typeof value === "boolean") return Buffer.of((value ? 1 : 2) << 2);
  if (typeof value === "string") return text(value);
  if (value instanceof NumberText) return numeric(value.text);
  if (Array.isArray(value)) {
    const items = value.map((item) => encode(item, names));
    const [isLarge, width] = [items.length > 255, widthOf(sizeOf(items))];
    const header = 3 | ((width - 1) << 2) | (isLarge ? 1 << 4 : 0);
    return Buffer.concat([
      Buffer.of(header),
      number(items.length, isLarge ? 4 : 1),
      ...offsetsOf(items, width),
      ...items,
    ]);
  }
  return object(value as Record<string, unknown>, names);
}

function object(record: Record<string, unknown>, names: Map<string, number>): Buffer {
  const fields = Object.entries(record).map(([name, value]) => {
    if (!names.has(name)) names.set(name, names.size);
    return { name: Buffer.from(name), id: names.get(name)!, bytes: encode(value, names) };
  });
  fields.sort((a, b) => a.name.compare(b.name));
  const isLarge = fields.length > 255;
  const idWidth = widthOf(Math.max(0, ...fields.map(({ id }) => id)));
  const items = fields.map(({ bytes }) => bytes);
  const width = widthOf(sizeOf(items));
  const header = 2 | ((width - 1) << 2) | ((idWidth - 1) << 4) | (isLarge ? 1 << 6 : 0);
  return Buffer.concat([
    Buffer.of(header),
    number(fields.length, isLarge ? 4 : 1),
    ...fields.map(({ id }) => number(id, idWidth)),
    ...offsetsOf(items, width),
    ...items,
  ]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  if (bytes.length <= 63) return Buffer.concat([Buffer.of((bytes.length << 2) | 1), bytes]);
  return Buffer.concat([Buffer.of(16 << 2), number(bytes.length, 4), bytes]);
}

function numeric(source: string): Buffer {
  if (/^-?\d+$/.test(source)) {
    const value = BigInt(source);
    for (const [info, width] of [
      [3, 1],
      [4, 2],
      [5, 4],
      [6, 8],
    ]) {
      if (BigInt.asIntN(width * 8, value) === value) {
        return Buffer.concat([Buffer.of(info << 2), integer(value, width)]);
      }
    }
  }
  return decimal(source) ?? double(Number(source));
}

function decimal(source: string): Buffer | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(source);
  if (!match) return undefined;
  const [, sign, whole, fraction = ""] = match;
  const unscaled = BigInt(sign + whole + fraction);
  const digits = (whole + fraction).replace(/^0+/, "").length;
  for (const [info, width, most] of [
    [8, 4, 9],
    [9, 8, 18],
    [10, 16, 38],
  ]) {
    if (digits <= most && fraction.length <= most) {
      return Buffer.concat([Buffer.of(info << 2, fraction.length), integer(unscaled, width)]);
    }
  }
  return undefined;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 7 << 2;
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function integer(value: bigint, width: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64LE(BigInt.asIntN(64, value), 0);
  bytes.writeBigInt64LE(value >> 64n, 8);
  return bytes.subarray(0, width);
}

function number(value: number, width: number): Buffer {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntLE(value, 0, width);
  return bytes;
}

function widthOf(size: number): number {
  return size < 1 << 8 ? 1 : size < 1 << 16 ? 2 : size < 1 << 24 ? 3 : 4;
}

function sizeOf(items: readonly Buffer[]): number {
  return items.reduce((sum, item) => sum + item.length, 0);
}

/** Where each item starts, and where the last one ends. */
function offsetsOf(items: readonly Buffer[], width: number): Buffer[] {
  let at = 0;
  return [number(0, width), ...items.map((item) => number((at += item.length), width))];
}
