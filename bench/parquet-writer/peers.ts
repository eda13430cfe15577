// The ways from JSON events to zstd Parquet. Each takes a file and gives the bytes that it wrote and the rows.
import { createRequire } from "node:module";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { CutBuilder, resolveSchema, type TableSchema } from "../../runtime/ingest/columns/index.ts";

/** How many bytes of events make a file, as in ingest. */
const CUT_BYTES = 64 << 20;
const folder = join(import.meta.dirname, "..", "..", ".sightline", "bench", "parquet-writer");
const installed = createRequire(join(folder, "package.json"));

export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

export const peers: Record<string, (path: string) => Promise<Written>> = {
  /** Ours: each event's bytes into typed columns, those into pages. */
  async sightline(path) {
    const builder = new CutBuilder({ partitionBy: ["source"], source: "bench", timeFields: ["ts"] });
    let schema: TableSchema = { version: 0, columns: [] };
    let rows = 0;
    let bytes = 0;
    for (const { block, isLast, isCut } of blocks(path)) {
      for (let start = 0; start < block.length;) {
        const end = block.indexOf(0x0a, start);
        builder.add(block, start, end, { topic: "bench", partition: 0, offset: rows++, timestampMs: 0 });
        start = end + 1;
      }
      if (!isCut && !isLast) continue;
      schema = resolveSchema(schema, builder.fields());
      for (const file of builder.finish(schema)) bytes += file.bytes.length;
    }
    return { rows, bytes };
  },

  /** polars' own reader of JSON lines, and its writer; a dependency of the runtime already. */
  async polars(path) {
    const { default: polars } = await import("nodejs-polars");
    let rows = 0;
    let bytes = 0;
    let cut: Buffer[] = [];
    for (const { block, isLast, isCut } of blocks(path)) {
      cut.push(Buffer.from(block));
      if (!isCut && !isLast) continue;
      const frame = polars.readJSON(Buffer.concat(cut), { format: "lines" });
      cut = [];
      rows += frame.height;
      bytes += frame.writeParquet({ compression: "zstd" }).length;
      // Frames are freed in a turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { rows, bytes };
  },

  /** DuckDB's own reader of JSON lines, and its writer, from file to file. */
  async duckdb(path) {
    const { DuckDBInstance } = installed("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const target = join(folder, "duckdb.parquet");
    const result = await connection.run(
      `COPY (FROM read_json('${path}', format = 'newline_delimited')) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
    );
    const [[rows]] = await result.getRows();
    return { rows: Number(rows), bytes: statSync(target).size };
  },

  /** JSON.parse, columns as arrays, and hyparquet-writer. */
  async hyparquet(path) {
    const { parquetWriteBuffer } = await import(installed.resolve("hyparquet-writer"));
    let rows = 0;
    let bytes = 0;
    let columns: Record<string, unknown[]> = {};
    for (const { block, isLast, isCut } of blocks(path)) {
      for (const line of block.toString().split("\n")) {
        if (line === "") continue;
        for (const [name, value] of Object.entries(JSON.parse(line))) (columns[name] ??= []).push(value);
        rows++;
      }
      if (!isCut && !isLast) continue;
      const columnData = Object.entries(columns).map(([name, data]) => {
        if (typeof data[0] !== "number") return { name, data };
        return data.every(Number.isInteger)
          ? { name, data: data.map(BigInt as never) }
          : { name, data, type: "DOUBLE" };
      });
      const compressors = { ZSTD: (page: Uint8Array) => zstdCompressSync(page) };
      bytes += parquetWriteBuffer({ columnData, codec: "ZSTD", compressors }).byteLength;
      columns = {};
    }
    return { rows, bytes };
  },
};

/** A file's whole lines in blocks of about a megabyte. */
function* blocks(path: string): Generator<{ block: Buffer; isLast: boolean; isCut: boolean }> {
  const fd = openSync(path, "r");
  const buffer = Buffer.alloc(1 << 20);
  let kept = 0;
  let inCut = 0;
  for (;;) {
    const length = kept + readSync(fd, buffer, kept, buffer.length - kept, null);
    if (length === kept) break;
    const end = buffer.lastIndexOf(0x0a, length - 1) + 1;
    inCut += end;
    const isCut = inCut >= CUT_BYTES;
    if (isCut) inCut = 0;
    yield { block: buffer.subarray(0, end), isLast: false, isCut };
    buffer.copyWithin(0, end, length);
    kept = length - end;
  }
  closeSync(fd);
  yield { block: Buffer.alloc(0), isLast: true, isCut: false };
}
