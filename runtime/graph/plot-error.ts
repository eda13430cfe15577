/** We refuse to plot. The first line says what is wrong, with the value; the second what to do. */
export class PlotError extends Error {
  override readonly name = "PlotError";

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what}\n${remedy}`, options);
  }
}
