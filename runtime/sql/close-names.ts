import { closeNames as closest } from "../text/close-names.ts";

/** The sentence that names the columns most like `name`, at most three: "Did you mean `host`?" */
export function closeNames(name: string, names: readonly string[]): string {
  const close = closest(name, names).map((candidate) => `\`${candidate}\``);
  if (close.length === 0) return "df.printSchema() shows all columns.";
  return `Did you mean ${close.join(" or ")}? df.printSchema() shows all columns.`;
}
