// Names of columns and tables in SQL text: `a`.`b c`.
import { PlanError } from "../connect/plan-error.ts";

/** A name within backquotes, so that SQL takes every character of it for the name. */
export function quoted(part: string): string {
  return `\`${part.replaceAll("`", "``")}\``;
}

/**
 * The parts of a name with dots, as Spark splits it: `a.b` has two, `` `a.b` `` has one.
 * @throws PlanError for backquotes that don't close, or an empty part
 */
export function nameParts(name: string): string[] {
  const parts: string[] = [];
  for (let rest = name; ;) {
    const match = /^(?:`((?:[^`]|``)*)`|([^`.]+))(\.|$)/su.exec(rest);
    if (!match) {
      throw new PlanError(
        `\`${name}\` is no name: a part is empty, or a backquote doesn't close.`,
        "Write parts with a dot between, and a part with dots or backquotes in it as `a.b`.",
      );
    }
    parts.push(match[1]?.replaceAll("``", "`") ?? match[2]);
    if (match[3] === "") return parts;
    rest = rest.slice(match[0].length);
  }
}

/** A name with dots as SQL text in which every part is within backquotes. */
export function quotedName(name: string): string {
  return nameParts(name).map(quoted).join(".");
}
