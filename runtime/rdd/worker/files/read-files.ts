import type { FileParts } from "../../files/file-source.ts";
import { readBinaryRecords } from "./read-binary-records.ts";
import { readLines } from "./read-lines.ts";
import { readBinaryFiles, readWholeFiles } from "./read-whole-files.ts";

/** The records of a partition of files, in arrays. */
export function readFiles(files: FileParts, partition: number): Iterable<unknown[]> {
  switch (files.method) {
    case "textFile":
      return readLines(files.parts[partition]);
    case "wholeTextFiles":
      return readWholeFiles(files.parts[partition]);
    case "binaryFiles":
      return readBinaryFiles(files.parts[partition]);
    case "binaryRecords":
      return readBinaryRecords(files.parts[partition]);
  }
}
