import { PlanError } from "../../connect/plan-error.ts";
import type { Expression } from "../../plan/expression.ts";
import { lit } from "../functions/lit.ts";

/** Values for the parameters of SQL text: by name for `:name`, in a list for `?`. Sent beside the text, never pasted into it. */
export type SqlParameters = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * The expression that stands for a parameter's value: constants, arrays, Maps, objects, which are structs,
 * and Columns made of constants.
 * @throws PlanError for a value that SQL has no constant for
 */
export function parameter(value: unknown, name: string): Expression {
  if (typeof value === "string" && !value.isWellFormed()) {
    throw new PlanError(
      `The parameter ${name} has half of a character that takes two (an unpaired surrogate), which can't be sent.`,
      "Mend the text: value.toWellFormed() puts \uFFFD in its place.",
    );
  }
  try {
    return lit(value).expression;
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw new PlanError(
      `The parameter ${name} can't be sent: ${error.message.split("\n")[0]}`,
      "Pass a string, number, bigint, boolean, Date, Uint8Array, null, an array, Map or object of such, or a Column such as lit(1).",
      { cause: error },
    );
  }
}

/** The arguments of `spark.sql(text, args)` as expressions. */
export function parameters(args: unknown): Record<string, Expression> | Expression[] | undefined {
  if (args === undefined || args === null) return undefined;
  if (Array.isArray(args)) return args.map((value, index) => parameter(value, `${index + 1}`));
  const prototype: unknown = typeof args === "object" ? Object.getPrototypeOf(args) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    throw new PlanError(
      `sql(args) was given ${typeof args === "object" ? `a ${(args as object).constructor.name}` : typeof args}.`,
      "Pass values by name, { least: 10 }, for :least, or a list, [10], for ?",
    );
  }
  return Object.fromEntries(
    Object.entries(args as object).map(([name, value]) => [name, parameter(value, `:${name}`)]),
  );
}
