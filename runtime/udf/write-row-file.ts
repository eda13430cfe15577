import { join } from "node:path";
import { KeptFile } from "../rdd/worker/kept-file.ts";
import { type Row, rowMaker, rowNames, rowValues } from "../sql/row.ts";

const blockRows = 4096;
const noClasses = new Map<never, never>();

/**
 * Writes the rows of a partition to the file of its number, as kept partitions of RDDs lie there.
 * @param rows whose last column is the number of the partition, which doesn't go with them
 */
export function writeRowFile(rows: Iterable<Row>, folder: string): void {
  let file: KeptFile | undefined;
  let make: ReturnType<typeof rowMaker> | undefined;
  let block: Row[] = [];
  for (const row of rows) {
    const values = rowValues(row);
    file ??= new KeptFile(join(folder, String(values.at(-1))), noClasses);
    make ??= rowMaker(rowNames(row).slice(0, -1));
    block.push(make(values.slice(0, -1)));
    if (block.length < blockRows) continue;
    file.write(block);
    block = [];
  }
  file?.write(block);
  file?.close();
}
