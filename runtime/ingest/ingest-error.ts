/** Ingest can't start, or can't go on. The first line says what happened, with the value; the second what to do. */
export class IngestError extends Error {
  override readonly name = "IngestError";

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
  }
}
