/**
 * The text itself.
 * @throws TypeError where it has half of a surrogate pair: UTF-8 has no bytes for that, and another text would be sent
 */
export function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  throw new TypeError(
    `The text ${JSON.stringify(text.slice(0, 100))} has half of a surrogate pair, which can't be sent.\n` +
      "Mend it: text.toWellFormed() puts \uFFFD in its place.",
  );
}
