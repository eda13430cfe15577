// SQL text with values between its pieces: values become parameters, DataFrames become relations with a name.
import { PlanError } from "../../connect/plan-error.ts";
import type { Expression } from "../../plan/expression.ts";
import { Column } from "../column.ts";
import { DataFrame } from "../dataframe.ts";
import { quotedName } from "../identifier.ts";
import { QuoteReader } from "./open-quote.ts";
import { parameter } from "./parameter.ts";
import { SqlIdentifier } from "./sql-identifier.ts";

/** A query whose parts are told apart: text that was written, and values and DataFrames sent beside it. */
export interface ComposedQuery {
  readonly text: string;
  readonly parameters: Readonly<Record<string, Expression>>;
  readonly frames: ReadonlyMap<string, DataFrame>;
}

let nextFrame = 1;

/**
 * Puts values between pieces of text.
 * @param names what to call each value in messages
 * @throws PlanError for a value within quotes or a comment, and for what SQL has no place for
 */
export function composeQuery(
  pieces: readonly string[],
  values: readonly unknown[],
  names: readonly string[] = values.map((_, index) => `$\{…} number ${index + 1}`),
): ComposedQuery {
  const parameters: Record<string, Expression> = {};
  const frames = new Map<string, DataFrame>();
  const reader = new QuoteReader();
  let text = "";
  pieces.forEach((piece, index) => {
    text += piece;
    const open = reader.read(piece);
    if (index >= values.length) return;
    if (open) throw inQuotes(names[index], open);
    const value = values[index];
    if (value instanceof DataFrame) {
      const known = [...frames].find(([, frame]) => frame === value)?.[0];
      const name = known ?? `_sightline_frame_${nextFrame++}`;
      frames.set(name, value);
      text += name;
    } else if (value instanceof SqlIdentifier) {
      text += value.text;
    } else if (value instanceof Column && value.expression.exprType.case === "unresolvedAttribute") {
      text += quotedName(value.expression.exprType.value.unparsedIdentifier);
    } else {
      text += place(value, /\bin\s*$/i.test(piece), names[index], parameters);
    }
  });
  return { text, parameters, frames };
}

// A list after IN is the list; anywhere else it is an array.
function place(
  value: unknown,
  isAfterIn: boolean,
  name: string,
  parameters: Record<string, Expression>,
): string {
  if (!isAfterIn || !Array.isArray(value)) {
    const key = `_sightline_${Object.keys(parameters).length + 1}`;
    parameters[key] = parameter(value, name);
    return `:${key}`;
  }
  if (value.length === 0) {
    throw new PlanError(
      `${name} is an empty list after IN, which SQL has no words for.`,
      "Leave the condition out when there is nothing to look for.",
    );
  }
  return `(${value.map((item) => place(item, false, name, parameters)).join(", ")})`;
}

function inQuotes(name: string, open: string): PlanError {
  const where = open === "a comment" ? open : `${open}…${open}`;
  return new PlanError(
    `${name} stands within ${where}, where it would be part of the text and no value.`,
    open === "`"
      ? "Take the backquotes away and write ${identifier(name)}."
      : "Take the quotes away, WHERE host = ${host}, and join texts with concat(${start}, '%').",
  );
}
