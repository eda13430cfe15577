/** Spark's JSON of a type without what says nothing: `nullable: true`, `containsNull: true`, empty metadata. */
export function compactSchema(type: unknown): unknown {
  if (typeof type !== "object" || type === null) return type;
  if (Array.isArray(type)) return type.map(compactSchema);
  return Object.fromEntries(
    Object.entries(type)
      .filter(([key, value]) => !(isNullable(key) && value === true) && !isEmptyMetadata(key, value))
      .map(([key, value]) => [key, key === "metadata" ? value : compactSchema(value)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The names and types alone: what may be null is an engine's own finding. */
export function withoutNullability(type: unknown): unknown {
  if (typeof type !== "object" || type === null) return type;
  if (Array.isArray(type)) return type.map(withoutNullability);
  return Object.fromEntries(
    Object.entries(type)
      .filter(([key]) => !isNullable(key) && key !== "metadata")
      .map(([key, value]) => [key, withoutNullability(value)]),
  );
}

function isNullable(key: string): boolean {
  return key === "nullable" || key === "containsNull" || key === "valueContainsNull";
}

function isEmptyMetadata(key: string, value: unknown): boolean {
  // Those with underscores are Spark's own notes.
  return key === "metadata" && Object.keys(value as object).every((name) => name.startsWith("__"));
}
