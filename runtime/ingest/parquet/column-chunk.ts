// One column of a Parquet file: its pages, and what the footer says of them.
import { constants, zstdCompressSync } from "node:zlib";
import { type Dictionary, dictionaryOf } from "./dictionary.ts";
import { PageBuffer } from "./page-buffer.ts";
import type { ParquetColumn } from "./parquet-column.ts";
import { type Statistics, statisticsOf } from "./statistics.ts";
import { ThriftWriter } from "./thrift-writer.ts";

/** As in Parquet's own writers: pages are what readers hold and skip. */
const PAGE_BYTES = 1 << 20;
/** A third less time than the usual 3 for 2 % more bytes (`bench/parquet-writer.ts`). */
const LEVEL = 1;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;

export const PLAIN = 0;
export const RLE = 3;
export const RLE_DICTIONARY = 8;

/** A column's pages as they are in the file, one after the other. */
export interface ColumnChunk {
  readonly column: ParquetColumn;
  readonly pages: readonly Uint8Array[];
  readonly encodings: readonly number[];
  /** The length of the dictionary's page, which is first; 0 where there is none. */
  readonly dictionaryBytes: number;
  readonly byteCount: number;
  readonly uncompressedByteCount: number;
  readonly statistics: Statistics;
}

export function columnChunk(column: ParquetColumn, rowCount: number): ColumnChunk {
  return new ChunkWriter(column, rowCount).write();
}

class ChunkWriter {
  readonly #column: ParquetColumn;
  readonly #rowCount: number;
  readonly #pages: Uint8Array[] = [];
  readonly #body = new PageBuffer();
  #byteCount = 0;
  #uncompressedByteCount = 0;

  constructor(column: ParquetColumn, rowCount: number) {
    this.#column = column;
    this.#rowCount = rowCount;
  }

  write(): ColumnChunk {
    const { data, count } = this.#column;
    const isDictionary = data.kind === "fixed" || data.kind === "text";
    const dictionary = isDictionary ? dictionaryOf(data, count) : undefined;
    if (dictionary) this.#dictionaryPage(dictionary);
    if (data.kind === "constant") this.#constantDictionaryPage(data.value);
    const dictionaryBytes = this.#byteCount;
    this.#dataPages(dictionary);
    const hasDictionary = dictionaryBytes > 0;
    return {
      column: this.#column,
      pages: this.#pages,
      encodings: hasDictionary ? [PLAIN, RLE, RLE_DICTIONARY] : [PLAIN, RLE],
      dictionaryBytes,
      byteCount: this.#byteCount,
      uncompressedByteCount: this.#uncompressedByteCount,
      statistics: statisticsOf(this.#column, this.#rowCount),
    };
  }

  #dictionaryPage({ firsts }: Dictionary): void {
    for (const index of firsts) this.#plain(index, index + 1);
    this.#endDictionaryPage(firsts.length);
  }

  #constantDictionaryPage(value: string | number): void {
    if (typeof value === "string") {
      const bytes = Buffer.from(value);
      this.#body.text(bytes, 0, bytes.length);
    } else {
      this.#body.int32(value | 0);
      this.#body.int32(Math.floor(value / 2 ** 32));
    }
    this.#endDictionaryPage(1);
  }

  #endDictionaryPage(entryCount: number): void {
    this.#endPage(DICTIONARY_PAGE, (header) =>
      header.struct(7, (page) => page.i32(1, entryCount).i32(2, PLAIN)),
    );
  }

  #dataPages(dictionary: Dictionary | undefined): void {
    const { data, count, rows } = this.#column;
    const isCoded = dictionary !== undefined || data.kind === "constant";
    const bitWidth = dictionary ? Math.max(1, 32 - Math.clz32(dictionary.firsts.length - 1)) : 1;
    let index = 0;
    let row = 0;
    do {
      const end = isCoded ? count : this.#endOfPlainPage(index);
      const endRow = end === count ? this.#rowCount : rows ? rows[end] : end;
      this.#levels(index, end, row, endRow);
      if (!isCoded) {
        this.#plain(index, end);
      } else {
        this.#body.byte(bitWidth);
        if (dictionary && dictionary.firsts.length > 1) {
          this.#body.packed(dictionary.codes, index, end, bitWidth);
        } else {
          this.#body.run(end - index, 0, bitWidth);
        }
      }
      this.#endPage(DATA_PAGE, (header) =>
        header.struct(5, (page) =>
          page
            .i32(1, endRow - row)
            .i32(2, isCoded ? RLE_DICTIONARY : PLAIN)
            .i32(3, RLE)
            .i32(4, RLE),
        ),
      );
      index = end;
      row = endRow;
    } while (index < count);
  }

  /** Numbers of a dictionary are small enough for one page; other values are divided. */
  #endOfPlainPage(index: number): number {
    const { data, count } = this.#column;
    if (data.kind === "fixed") return Math.min(count, index + PAGE_BYTES / 8);
    if (data.kind !== "text") return count;
    const { starts } = data;
    let end = index + 1;
    while (end < count && starts[end + 1] - starts[index] + 4 * (end + 1 - index) <= PAGE_BYTES) end++;
    return end;
  }

  /** Which rows of the page have a value: runs, or a bit for each row where that is shorter. */
  #levels(index: number, end: number, row: number, endRow: number): void {
    const body = this.#body;
    const { rows } = this.#column;
    const lengthAt = body.length;
    body.int32(0);
    if (!rows || end - index === endRow - row) {
      body.run(endRow - row, 1, 1);
    } else {
      let runs = 1;
      for (let i = index + 1; i < end; i++) if (rows[i] !== rows[i - 1] + 1) runs++;
      if (runs * 6 < (endRow - row) >> 3) this.#levelRuns(rows, index, end, row, endRow);
      else {
        const bits = new Uint8Array(endRow - row);
        for (let i = index; i < end; i++) bits[rows[i] - row] = 1;
        body.packed(bits, 0, bits.length, 1);
      }
    }
    body.setInt32(lengthAt, body.length - lengthAt - 4);
  }

  #levelRuns(rows: Int32Array, index: number, end: number, row: number, endRow: number): void {
    while (index < end) {
      const first = rows[index];
      const from = index;
      do index++;
      while (index < end && rows[index] === rows[index - 1] + 1);
      if (first > row) this.#body.run(first - row, 0, 1);
      this.#body.run(index - from, 1, 1);
      row = first + index - from;
    }
    if (row < endRow) this.#body.run(endRow - row, 0, 1);
  }

  #plain(index: number, end: number): void {
    const { data } = this.#column;
    const body = this.#body;
    if (data.kind === "fixed") {
      const { buffer, byteOffset } = data.halves;
      body.append(new Uint8Array(buffer, byteOffset + 8 * index, 8 * (end - index)));
    } else if (data.kind === "text") {
      for (let i = index; i < end; i++) body.text(data.bytes, data.starts[i], data.starts[i + 1]);
    } else if (data.kind === "boolean") {
      body.bits(data.bits, index, end);
    }
  }

  #endPage(type: number, describe: (header: ThriftWriter) => void): void {
    const { bytes } = this.#body;
    const compressed = zstdCompressSync(bytes, {
      params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
      chunkSize: Math.max(1024, bytes.length + (bytes.length >> 7)),
    });
    const header = new ThriftWriter().i32(1, type).i32(2, bytes.length).i32(3, compressed.length);
    describe(header);
    const headerBytes = header.end();
    this.#pages.push(headerBytes, compressed);
    this.#byteCount += headerBytes.length + compressed.length;
    this.#uncompressedByteCount += headerBytes.length + bytes.length;
    this.#body.clear();
  }
}
