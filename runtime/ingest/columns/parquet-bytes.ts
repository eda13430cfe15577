import {
  type Data,
  Field,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from "apache-arrow";
import polars from "nodejs-polars";

/**
 * A Parquet file, zstd-compressed, of these columns. Of the writers that were measured (`bench/parquet-writer.ts`) polars'
 * took the least processor time.
 */
export function parquetBytes(
  columns: readonly (readonly [name: string, data: Data])[],
  rowCount: number,
): Buffer {
  const schema = new Schema(columns.map(([name, data]) => new Field(name, data.type, true)));
  const children = columns.map(([, data]) => data);
  const type = new Struct(schema.fields);
  const batch = new RecordBatch(schema, makeData({ type, length: rowCount, nullCount: 0, children }));
  const ipc = RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
  const frame = polars.readIPCStream(Buffer.from(ipc.buffer, ipc.byteOffset, ipc.byteLength));
  return frame.writeParquet({ compression: "zstd" });
}
