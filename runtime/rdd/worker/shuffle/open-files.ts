import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { MissingSegment } from "./missing-segment.ts";

const maxOpen = 256;

interface OpenFile {
  readonly fd: number;
  readonly inode: number;
  readonly size: number;
}

/** The files that this process reads segments from, the last used ones kept open. */
const files = new Map<string, OpenFile>();

/** Opens a file, or gives the open one. */
export function openFile(path: string): OpenFile {
  let file = files.get(path);
  files.delete(path);
  file ??= opened(path);
  files.set(path, file);
  if (files.size > maxOpen) close(files.keys().next().value!);
  return file;
}

function opened(path: string): OpenFile {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    throw new MissingSegment(path, `can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const { ino, size } = fstatSync(fd);
  return { fd, inode: ino, size };
}

/** Bytes of the file that had this inode: another one at its path may have them elsewhere. */
export function readAt(path: string, inode: number, position: number, length: number): Buffer {
  const file = openFile(path);
  if (file.inode !== inode) throw new MissingSegment(path, "was replaced while it was read");
  return readFrom(file.fd, path, position, length);
}

export function readFrom(fd: number, path: string, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, position + done);
    if (count === 0) throw new MissingSegment(path, `ends after ${position + done} bytes, in the middle`);
    done += count;
  }
  return bytes;
}

/** Closes them all; a deleted file takes its space on the disk until then. */
export function closeFiles(): void {
  for (const path of [...files.keys()]) close(path);
}

function close(path: string): void {
  const file = files.get(path);
  files.delete(path);
  if (file) closeSync(file.fd);
}
