/** What the function is at, for the message when it fails. */
export interface CallProgress {
  /** Such as "row 3 of a batch". */
  place: string;
  /** The arguments. */
  arguments: () => readonly unknown[];
}

/** Functions run to their end before the next row: a promise would be no value. */
export function settled(value: unknown): unknown {
  if (typeof value === "object" && value !== null && value instanceof Promise) {
    value.catch(() => {});
    throw new TypeError(
      "The function returned a promise, but functions on executors are synchronous. Return the value itself.",
    );
  }
  return value;
}
