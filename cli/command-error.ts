/** Ends a command: its message is shown alone, without a stack. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly exitCode: number;

  /**
   * @param message what happened, with the value; then, on its own line, what to do
   * @param exitCode 2 for a command line that is wrong, 1 for everything else
   */
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
