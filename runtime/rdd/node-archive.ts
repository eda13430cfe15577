// This process's Node as an archive that Spark unpacks beside its executors: https://spark.apache.org/docs/latest/api/python/tutorial/python_packaging.html
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip, constants } from "node:zlib";

const tarBlock = 512;

/**
 * Writes `bin/node`, executable, into a .tar.gz; takes some seconds.
 * @param target the archive's path
 * @returns SHA-256 of the Node in it
 */
export async function writeNodeArchive(target: string, node = process.execPath): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(
    tarOf("bin/node", node, (chunk) => hash.update(chunk)),
    createGzip({ level: constants.Z_BEST_SPEED }),
    createWriteStream(target, { mode: 0o600 }),
  );
  return hash.digest("hex");
}

async function* tarOf(name: string, file: string, read: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const { size } = statSync(file);
  yield tarHeader(name, size);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    read(chunk);
    yield chunk;
  }
  // Filled up to a whole block; two empty ones are the end.
  yield Buffer.alloc(((tarBlock - (size % tarBlock)) % tarBlock) + 2 * tarBlock);
}

/**
 * ustar: name at 0, then as octal text mode (100), owner (108), group (116), size (124), time (136), checksum (148), and
 * the type at 156.
 */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(tarBlock);
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at);
  header.write(name, 0);
  octal(0o755, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  header.fill(" ", 148, 156);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}
