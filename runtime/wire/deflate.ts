// Raw deflate by the streams that Node and browsers share.
import { PayloadError } from "./payload-error.ts";

/** No deflate stream grows by more than this, so a larger declared size is a lie. */
const maxRatio = 1032;

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Inflates into exactly `size` bytes. Allocates nothing before `size` is plausible for the input, and stops at the
 * first byte too many.
 * @throws PayloadError when the stream is damaged, or longer or shorter than `size`
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (size > bytes.length * maxRatio) {
    throw new PayloadError(
      `it declares ${size} bytes, more than its ${bytes.length} compressed bytes can hold`,
    );
  }
  const result = new Uint8Array(size);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  let end = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (end + value.length > size)
        throw new PayloadError(`it holds more than the ${size} bytes it declares`);
      result.set(value, end);
      end += value.length;
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (cause instanceof PayloadError) throw cause;
    throw new PayloadError("its compressed data is damaged", { cause });
  }
  if (end < size) throw new PayloadError(`it holds ${end} bytes of the ${size} it declares`);
  return result;
}
