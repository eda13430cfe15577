import { PlanError } from "./plan-error.ts";

/**
 * The text itself.
 * @throws PlanError where it has half of a surrogate pair: UTF-8 has no bytes for that, and another text would be sent
 */
export function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  throw new PlanError(
    `The text ${JSON.stringify(text.slice(0, 100))} has half of a surrogate pair, which can't be sent.`,
    "Mend it: text.toWellFormed() puts \uFFFD in its place.",
  );
}
