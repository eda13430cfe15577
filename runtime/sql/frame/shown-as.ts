import { argumentError } from "../argument-error.ts";
import { keywordArguments } from "../keyword-arguments.ts";

/** The arguments of `show(n, truncate, vertical)`, as the protocol wants them; a width of 0 is any. */
export function shownAs(args: readonly unknown[]): [rowCount: number, width: number, isVertical: boolean] {
  const given = keywordArguments("show", ["n", "truncate", "vertical"], args);
  const { n = 20, truncate = true, vertical = false } = given;
  const isCount = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
  if (!isCount(n) || (n as number) < 0)
    throw argumentError("show", n, "a whole number from 0 up: df.show(5)", "n");
  if (typeof truncate !== "boolean" && (!isCount(truncate) || (truncate as number) < 0)) {
    throw argumentError(
      "show",
      truncate,
      "true, false, or a number of characters: df.show(5, 40)",
      "truncate",
    );
  }
  if (typeof vertical !== "boolean") throw argumentError("show", vertical, "true or false", "vertical");
  return [n as number, truncate === true ? 20 : Number(truncate), vertical];
}
