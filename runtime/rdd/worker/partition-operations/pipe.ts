import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textOf } from "../files/text-of.ts";
import type { PartitionCall } from "./partition-operation.ts";
import { splitCommand } from "./split-command.ts";

interface Pipe {
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly checkCode?: boolean;
}

const chunkLength = 1 << 18;
const lineFeed = 10;

/** The lines that a program writes when the records are its input. They pass through files, not through memory. */
export function* pipe(records: Iterable<unknown>, { args }: PartitionCall): Generator<string> {
  const { command, env = {}, checkCode = false } = args as Pipe;
  const [program, ...rest] = splitCommand(command);
  const { input, lines, output } = openFiles();
  try {
    writeLines(lines, records);
    const result = spawnSync(program, rest, { env: { ...env }, stdio: [input, output, "inherit"] });
    if (result.error) throw notStarted(program, result.error);
    yield* readLines(output);
    if (checkCode && result.status !== 0) throw failed(command, result);
  } finally {
    for (const file of [input, lines, output]) closeSync(file);
  }
}

/** Files without names, which are gone when this process is: the program's input, the same to write to, and its output. */
function openFiles(): { readonly input: number; readonly lines: number; readonly output: number } {
  const folder = mkdtempSync(join(tmpdir(), "sightline-pipe-"));
  try {
    const lines = openSync(join(folder, "in"), "wx", 0o600);
    return {
      lines,
      input: openSync(join(folder, "in"), "r"),
      output: openSync(join(folder, "out"), "wx+", 0o600),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeLines(file: number, records: Iterable<unknown>): void {
  let lines = "";
  for (const record of records) {
    lines += `${textOf(record).replace(/\n+$/, "")}\n`;
    if (lines.length < chunkLength) continue;
    writeAll(file, lines);
    lines = "";
  }
  writeAll(file, lines);
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function* readLines(file: number): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const chunk = Buffer.allocUnsafeSlow(chunkLength);
  let rest = Buffer.alloc(0);
  for (let position = 0, count: number; (count = readSync(file, chunk, 0, chunkLength, position)) > 0;) {
    position += count;
    const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    rest = bytes.subarray(end);
    if (end > 0) yield* decoder.decode(bytes.subarray(0, end - 1)).split("\n");
  }
  if (rest.length > 0) yield decoder.decode(rest);
}

function notStarted(program: string, error: Error): Error {
  const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
  const what = isMissing ? "isn't there" : error.message;
  return new Error(
    `pipe can't run ${JSON.stringify(program)} on an executor: ${what}.\n` +
      "Name a program that every executor has, or give the PATH to look in: rdd.pipe(command, { PATH: … })",
    { cause: error },
  );
}

function failed(command: string, { status, signal }: SpawnSyncReturns<Buffer>): Error {
  return new Error(
    `pipe's command ${JSON.stringify(command)} ended with ${signal ?? `code ${status}`}.\n` +
      "Look at what it wrote to the executor's error output, or pass checkCode: false.",
  );
}
