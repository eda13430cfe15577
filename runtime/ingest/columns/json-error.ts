/**
 * A record that isn't JSON, or not events. The first line says what was found and at which byte of the record, counted
 * from 0; the second what to do.
 */
export class JsonError extends Error {
  override readonly name = "JsonError";
  /** The byte of the record where it was found. */
  readonly position: number;

  constructor(what: string, position: number) {
    super(
      `${what} at byte ${position} of the record.\nSend one JSON object, or an array of objects, in UTF-8 as a record's value.`,
    );
    this.position = position;
  }
}
