import { closeNames } from "../text/close-names.ts";
import { PlotError } from "./plot-error.ts";

/** The error for a column that isn't there: its name, the columns there, and at most three close ones. */
export function missingColumn(name: string, names: readonly string[], where: string): PlotError {
  const shown =
    names.length > 30 ? `${names.slice(0, 30).join(", ")}, … ${names.length - 30} more` : names.join(", ");
  const close = closeNames(name, names).map((other) => `\`${other}\``);
  const remedy =
    close.length > 0
      ? `Did you mean ${close.join(", ")}?`
      : "Name one of these columns in bind(), edges() or nodes().";
  return new PlotError(`No column \`${name}\` in the ${where} [${shown}].`, remedy);
}
