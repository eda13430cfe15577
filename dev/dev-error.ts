/** A server of the `dev` room, or what it needs, went wrong. The message ends with what to do. */
export class DevError extends Error {
  override name = "DevError";

  /**
   * @param what what happened, with the value
   * @param remedy what to do, ready to paste
   */
  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
  }
}
