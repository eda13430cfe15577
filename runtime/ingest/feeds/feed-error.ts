/**
 * A record that its feed can't read, or a feed that was asked for what it hasn't. The first line says what was found,
 * and where; the second what to do. A record that fails so goes to the dead letters with this message.
 */
export class FeedError extends Error {
  override readonly name = "FeedError";

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
  }
}
