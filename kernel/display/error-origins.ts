/** Where the job that failed was started: its own stack begins in an engine's answer and never meets the cell. */
const origins = new WeakMap<object, string>();

/** @param stack of the call that started the job */
export function rememberOrigin(error: unknown, stack: string): void {
  if (typeof error === "object" && error !== null && !origins.has(error)) origins.set(error, stack);
}

export function originOf(error: object): string | undefined {
  return origins.get(error);
}
