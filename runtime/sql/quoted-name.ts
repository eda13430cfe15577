/** A column's own name as an identifier, in backquotes where it has more than letters, digits and underscores. */
export function quotedName(name: string): string {
  return /^\w+$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}
