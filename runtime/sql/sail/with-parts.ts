/** An object, copied when one of its parts is another. */
export function withParts<T extends object>(whole: T, partOf: (field: string, part: unknown) => unknown): T {
  let copy: Record<string, unknown> | undefined;
  for (const [field, part] of Object.entries(whole)) {
    const made = partOf(field, part);
    if (made === part) continue;
    copy ??= Object.assign(Object.create(Object.getPrototypeOf(whole) as object | null), whole) as Record<
      string,
      unknown
    >;
    copy[field] = made;
  }
  return (copy as T | undefined) ?? whole;
}
