import { createHmac, timingSafeEqual } from "node:crypto";

/** Signs and checks messages with the key of the connection file; an empty key means unsigned, as in Jupyter. */
export class Signer {
  readonly #key: string;
  readonly #algorithm: string;

  /** @param scheme as in the connection file, for example `hmac-sha256` */
  constructor(key: string, scheme = "hmac-sha256") {
    this.#key = key;
    this.#algorithm = scheme.replace(/^hmac-/, "");
  }

  /** The hex digest over header, parent header, metadata and content, in this order. */
  sign(frames: readonly (string | Uint8Array)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }

  /** Whether `signature` is the one of these frames. Takes as long for a wrong as for a right one. */
  verify(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    const expected = Buffer.from(this.sign(frames));
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }
}
