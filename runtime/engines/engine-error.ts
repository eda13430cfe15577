/** An engine that we own could not be started, or ended. The second line says what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
  }
}
