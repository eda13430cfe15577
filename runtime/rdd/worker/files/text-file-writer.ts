import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { codecSuffix, type TextOutput } from "../../files/text-output.ts";
import { OutputError } from "../output-error.ts";
import { type Packer, packerFor } from "./pack-pieces.ts";
import { putFile } from "./pumped-stream.ts";
import { textOf } from "./text-of.ts";

/** So much is packed and written at a time. */
const pieceLength = 1 << 20;

/** Writes the records of a partition as lines, to a file that only this attempt has. */
export class TextFileWriter {
  /** What the file is called in the job's folder. */
  readonly name: string;
  readonly #output: TextOutput;
  readonly #path: string;
  readonly #packer: Packer | undefined;
  #fd: number | undefined;
  #text = "";
  #isKept = false;

  /** @throws OutputError when the file can't be made */
  constructor(output: TextOutput, partition: number) {
    const { codec, folder, hdfs, scratchFolder = tmpdir() } = output;
    this.#output = output;
    this.name = `part-${partition}-${randomUUID()}${codec ? codecSuffix[codec] : ""}`;
    this.#path = `${hdfs ? scratchFolder : folder}/${this.name}`;
    // On its way to HDFS it lies where other accounts may look.
    this.#fd = this.#writing(() => openSync(this.#path, "wx", hdfs ? 0o600 : 0o666));
    this.#packer = codec && this.#writing(() => packerFor(codec));
  }

  /** @param record text and bytes as they are; other values as `textOf` writes them */
  push(record: unknown): void {
    if (record instanceof Uint8Array) {
      this.#flush();
      this.#write(record);
      this.#text = "\n";
    } else this.#text += `${typeof record === "string" ? record : textOf(record)}\n`;
    if (this.#text.length >= pieceLength) this.#flush();
  }

  /** All records are pushed: the file is complete, and on HDFS if it belongs there. */
  end(): void {
    this.#flush();
    const last = this.#packer?.last();
    if (last) this.#writeAll(last);
    const { hdfs, folder } = this.#output;
    if (hdfs) {
      const { root, ...access } = hdfs;
      const to = `${folder}/${this.name}`;
      const file = { from: this.#path, size: fstatSync(this.#fd!).size, root, to: to.slice(1), hdfs: access };
      this.#writing(() => putFile(file), `${root}${to}`);
    } else this.#isKept = true;
  }

  /** Closes the file, and removes it unless it is complete. */
  close(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    if (!this.#isKept) rmSync(this.#path, { force: true });
  }

  #flush(): void {
    if (this.#text !== "") this.#write(Buffer.from(this.#text));
    this.#text = "";
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#writeAll(this.#packer ? this.#packer.pack(bytes) : bytes);
  }

  #writeAll(bytes: Uint8Array): void {
    this.#writing(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#fd!, bytes, at);
    });
  }

  #writing<T>(write: () => T, path = this.#path): T {
    try {
      return write();
    } catch (error) {
      throw new OutputError(path, error);
    }
  }
}
