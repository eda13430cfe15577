import { createReadStream, existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { CommandError } from "../command-error.ts";

const NEWLINE = 0x0a;
/** Files of these kinds are one record a line; all others are one record. */
const LINES = /\.(?:ndjson|jsonl|log|csv|txt)$/i;

export interface RecordFileOptions {
  /** A record a line, or the whole file as one; undefined goes by the file's name. */
  readonly isLines?: boolean;
}

/** The records of a file or of standard input (`-`), unpacked where its name ends in `.gz` or `.zst`. */
export async function* recordsOf(
  path: string,
  { isLines }: RecordFileOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const name = path.replace(/\.(?:gz|zst)$/i, "");
  const chunks = bytesOf(path);
  if (isLines ?? (path === "-" || LINES.test(name))) yield* linesOf(chunks);
  else {
    const whole: Buffer[] = [];
    for await (const chunk of chunks) whole.push(chunk);
    if (whole.length > 0) yield Buffer.concat(whole);
  }
}

/** @throws CommandError when one of these files isn't there, or is a folder */
export function checkFiles(paths: readonly string[]): void {
  for (const path of paths) {
    if (path === "-") continue;
    if (!existsSync(path)) throw new CommandError(`There is no file ${path}.\nCheck the path.`, 2);
    if (statSync(path).isDirectory())
      throw new CommandError(`${path} is a folder.\nName its files: ${path}/*`, 2);
  }
}

async function* bytesOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  const source = path === "-" ? process.stdin : createReadStream(path);
  const unpack = /\.gz$/i.test(path)
    ? createGunzip()
    : /\.zst$/i.test(path)
      ? createZstdDecompress()
      : undefined;
  const stream = unpack ? pipeline(source, unpack, () => {}) : source;
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new CommandError(
      `${basename(path)} can't be read: ${(error as Error).message}.\nThe records before the damage were sent.`,
    );
  }
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      rest.push(chunk.subarray(from, at));
      const line = trimReturn(rest.length === 1 ? rest[0] : Buffer.concat(rest));
      if (line.length > 0) yield line;
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  const last = trimReturn(Buffer.concat(rest));
  if (last.length > 0) yield last;
}

function trimReturn(line: Buffer): Buffer {
  return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
}
