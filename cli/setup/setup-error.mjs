// @ts-check

/** What ends a set-up: its message is shown alone, without a stack. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}
