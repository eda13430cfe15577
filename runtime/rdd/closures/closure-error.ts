/**
 * A function given to an RDD can't be sent to the executors, or it threw there. For the latter `cause` is what it
 * threw (its name, message and stack), and this error's stack has the frames of the user's own code.
 */
export class ClosureError extends Error {
  override readonly name = "ClosureError";
  /** The partition it failed in, on an executor. */
  readonly partition: number | undefined;
  /** The record it failed at, cut to 200 characters. */
  readonly record: string | undefined;

  constructor(
    what: string,
    remedy: string,
    details: ErrorOptions & {
      readonly partition?: number;
      readonly record?: string;
      readonly frames?: string;
    } = {},
  ) {
    super(`${what}\n${remedy}`, "cause" in details ? { cause: details.cause } : undefined);
    this.partition = details.partition;
    this.record = details.record;
    if ("frames" in details) {
      this.stack = [`${this.name}: ${this.message}`, details.frames].filter(Boolean).join("\n");
    }
  }
}
