// Node's own fast ways from bytes to text, which Buffer has and its types don't.
const buffers = Buffer.prototype as unknown as Record<
  "latin1Slice" | "utf8Slice",
  (this: Uint8Array, start: number, end: number) => string
>;

/** A character for each byte. */
export function latin1Text(bytes: Uint8Array, start: number, end: number): string {
  return buffers.latin1Slice.call(bytes, start, end);
}

export function utf8Text(bytes: Uint8Array, start: number, end: number): string {
  return buffers.utf8Slice.call(bytes, start, end);
}
