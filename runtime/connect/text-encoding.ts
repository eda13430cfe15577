// How text goes into messages: as it is, or not at all.
import { configureTextEncoding, getTextEncoding } from "@bufbuild/protobuf/wire";
import { wellFormed } from "./well-formed.ts";

/**
 * From now on a message with half of a surrogate pair anywhere in it (an option, a view's name, a tag) isn't sent; the
 * encoder alone would put another character in its place.
 */
export function refuseMalformedText(): void {
  const usual = getTextEncoding();
  configureTextEncoding({
    ...usual,
    encodeUtf8: (text) => usual.encodeUtf8(wellFormed(text)),
    encodeUtf8Into: (text, destination) => usual.encodeUtf8Into(wellFormed(text), destination),
  });
}
