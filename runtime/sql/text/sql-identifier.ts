import { checkText } from "../check-text.ts";
import { quoted } from "../identifier.ts";

/** A name of a table, view or column for the `sql` tag; made by {@link identifier}. */
export class SqlIdentifier {
  /** The name as SQL writes it, every part within backquotes. */
  readonly text: string;

  constructor(parts: readonly string[]) {
    this.text = parts.map(quoted).join(".");
  }
}

/**
 * A name of a table, view or column to put into a `sql` template, where a text would be a value.
 * @param parts the name; one with several parts, such as database and table, as several arguments
 * @example spark.sql`SELECT ${identifier(column)} FROM ${identifier("logs", "events")}`
 */
export function identifier(...parts: string[]): SqlIdentifier {
  if (parts.length === 0) checkText(undefined, "identifier()", 'identifier("logs", "events")');
  for (const part of parts) checkText(part, "identifier()", 'identifier("logs", "events")');
  return new SqlIdentifier(parts);
}
