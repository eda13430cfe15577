// The Parquet format: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
//
// | part | bytes |
// | --- | --- |
// | "PAR1" | 4 |
// | for each column: a dictionary's page, if it has one, and its data pages, each a header and a body in zstd | … |
// | FileMetaData, in Thrift's compact protocol | n |
// | n, little-endian | 4 |
// | "PAR1" | 4 |
import { type ColumnChunk, columnChunk } from "./column-chunk.ts";
import type { ParquetColumn, ParquetType } from "./parquet-column.ts";
import { ThriftWriter } from "./thrift-writer.ts";

const magic = Buffer.from("PAR1");
const physicalTypes: Record<ParquetType, number> = {
  boolean: 0,
  long: 2,
  timestamp: 2,
  double: 5,
  string: 6,
};
const UTF8 = 0;
const TIMESTAMP_MICROS = 10;
const OPTIONAL = 1;
const ZSTD = 6;

/**
 * The bytes of a Parquet file with one row group: values by dictionary where they repeat and plain where not, pages of at
 * most 1 MiB in zstd. What it costs goes with the values that are there, not with rows × columns.
 * @param columns as `long` (bigint in Spark), `double`, `boolean`, `string`, `timestamp` (µs UTC); all may be null
 */
export function parquetFile(columns: readonly ParquetColumn[], rowCount: number): Buffer<ArrayBuffer> {
  const parts: Uint8Array[] = [magic];
  let offset = magic.length;
  const chunks = columns.map((column) => {
    const chunk = columnChunk(column, rowCount);
    const placed = { ...chunk, offset };
    parts.push(...chunk.pages);
    offset += chunk.byteCount;
    return placed;
  });
  const footer = fileMetaData(chunks, rowCount);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, magic]);
}

type PlacedChunk = ColumnChunk & { readonly offset: number };

function fileMetaData(chunks: readonly PlacedChunk[], rowCount: number): Uint8Array {
  const writer = new ThriftWriter().i32(1, 2);
  writer.structList(2, [undefined, ...chunks], (element, chunk) => {
    if (!chunk) element.binary(4, "schema").i32(5, chunks.length);
    else schemaElement(element, chunk.column);
  });
  writer.i64(3, rowCount);
  writer.structList(4, [chunks], (group) => {
    group.structList(1, chunks, columnMetaData);
    group.i64(
      2,
      chunks.reduce((sum, chunk) => sum + chunk.uncompressedByteCount, 0),
    );
    group.i64(3, rowCount);
  });
  writer.binary(6, "sightline version 0.1.0 (build 1)");
  // The order of a type's values is the usual one, without which readers don't trust min and max.
  writer.structList(7, chunks, (order) => order.struct(1, () => {}));
  return writer.end();
}

function schemaElement(element: ThriftWriter, { name, type }: ParquetColumn): void {
  element.i32(1, physicalTypes[type]).i32(3, OPTIONAL).binary(4, name);
  if (type === "string") element.i32(6, UTF8).struct(10, (logical) => logical.struct(1, () => {}));
  if (type !== "timestamp") return;
  element.i32(6, TIMESTAMP_MICROS);
  element.struct(10, (logical) =>
    logical.struct(8, (timestamp) => timestamp.bool(1, true).struct(2, (unit) => unit.struct(2, () => {}))),
  );
}

function columnMetaData(writer: ThriftWriter, chunk: PlacedChunk): void {
  const { column, offset, dictionaryBytes, statistics } = chunk;
  writer.i64(2, offset).struct(3, (meta) => {
    meta.i32(1, physicalTypes[column.type]).i32List(2, chunk.encodings).stringList(3, [column.name]);
    meta.i32(4, ZSTD).i64(5, column.count + statistics.nullCount);
    meta.i64(6, chunk.uncompressedByteCount).i64(7, chunk.byteCount);
    meta.i64(9, offset + dictionaryBytes);
    if (dictionaryBytes > 0) meta.i64(11, offset);
    meta.struct(12, (each) => {
      each.i64(3, statistics.nullCount);
      if (statistics.max && statistics.min) each.binary(5, statistics.max).binary(6, statistics.min);
    });
  });
}
