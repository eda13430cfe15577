import { types } from "node:util";

/** A promise would be sent as an empty object: only functions declared async are awaited. */
export function settled(value: unknown, method: string): unknown {
  if (typeof value === "object" && value !== null && types.isPromise(value)) {
    (value as Promise<unknown>).catch(() => {});
    throw new TypeError(
      `The function given to ${method} returned a promise. Declare it async, so that it is waited for: async (x) => …`,
    );
  }
  return value;
}
