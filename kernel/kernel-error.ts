/**
 * The kernel says no to something that user code or a front end asked for.
 * The message is what happened, then on the next line what to do.
 */
export class KernelError extends Error {
  override name = "KernelError";
}
