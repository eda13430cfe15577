/** What is thrown when a payload can't be read; the second line says what to do. */
export class PayloadError extends Error {
  override readonly name = "PayloadError";

  constructor(problem: string, options?: ErrorOptions) {
    super(
      `The graph in this output can't be read: ${problem}.\nRun its cell again to make the output anew.`,
      options,
    );
  }
}
