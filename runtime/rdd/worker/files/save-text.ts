import type { TextOutput } from "../../files/text-output.ts";
import { TextFileWriter } from "./text-file-writer.ts";

/** Writes a partition to a file of its own, and gives the file's name. */
export function* saveText(
  records: Iterable<unknown>,
  { partition, args }: { readonly partition: number; readonly args?: unknown },
): Generator<string> {
  const writer = new TextFileWriter(args as TextOutput, partition);
  try {
    for (const record of records) writer.push(record);
    writer.end();
    yield writer.name;
  } finally {
    writer.close();
  }
}
