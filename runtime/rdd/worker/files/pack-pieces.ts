import zlib from "node:zlib";
import type { Codec } from "../../files/splits.ts";

/** Packs data piece by piece; the pieces one after the other are what the codec's readers expect. */
export interface Packer {
  pack(piece: Uint8Array): Uint8Array;
  /** What comes after the last piece. */
  last(): Uint8Array | undefined;
}

/** @throws Error when this Node doesn't have the codec */
export function packerFor(codec: Codec): Packer {
  if (codec === "deflate") return new DeflatePacker();
  // Readers of both take members one after the other for one text.
  if (codec === "gzip") return membersOf(zlib.gzipSync);
  if (typeof zlib.zstdCompressSync === "function") return membersOf(zlib.zstdCompressSync);
  throw new Error(
    `the executor's Node ${process.versions.node} has no zstd, install Node 22.15 or later there`,
  );
}

function membersOf(packWhole: (bytes: Uint8Array) => Uint8Array): Packer {
  let isEmpty = true;
  return {
    pack(piece) {
      isEmpty = false;
      return packWhole(piece);
    },
    last: () => (isEmpty ? packWhole(new Uint8Array()) : undefined),
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc1950 */
class DeflatePacker implements Packer {
  #isStarted = false;
  #a = 1;
  #b = 0;

  pack(piece: Uint8Array): Uint8Array {
    this.#sum(piece);
    const blocks = zlib.deflateRawSync(piece, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
    return this.#started(blocks);
  }

  last(): Uint8Array {
    const end = Buffer.alloc(6);
    end.writeUInt16BE(0x0300); // an empty block that says that it is the last
    end.writeUInt32BE(this.#b * 65_536 + this.#a, 2);
    return this.#started(end);
  }

  #started(bytes: Uint8Array): Uint8Array {
    if (this.#isStarted) return bytes;
    this.#isStarted = true;
    return Buffer.concat([Buffer.from([0x78, 0x9c]), bytes]);
  }

  /** Adler-32. */
  #sum(piece: Uint8Array): void {
    // So many bytes can be added before a sum is too large for 32 bits.
    const most = 3800;
    for (let start = 0; start < piece.length; start += most) {
      const end = Math.min(start + most, piece.length);
      for (let at = start; at < end; at++) {
        this.#a += piece[at];
        this.#b += this.#a;
      }
      this.#a %= 65_521;
      this.#b %= 65_521;
    }
  }
}
