const names: Readonly<Record<string, string>> = {
  Utf8: "string",
  LargeUtf8: "string",
  Utf8View: "string",
  Binary: "binary",
  Boolean: "boolean",
  Int8: "tinyint",
  Int16: "smallint",
  Int32: "int",
  Int64: "bigint",
  Float32: "float",
  Float64: "double",
  Date32: "date",
  Null: "void",
};

/** SQL's name of a type that Sail names as Arrow does: "Int32" is "int", and "Timestamp(µs)" "timestamp_ntz". */
export function sailTypeName(arrow: string): string {
  const [, word, inner = ""] = /^(\w+)(?:\((.*)\))?$/s.exec(arrow.trim()) ?? [];
  if (word === "List") return `array<${sailTypeName(inner.replace(/^non-null /, ""))}>`;
  if (word?.startsWith("Decimal")) return `decimal(${inner})`;
  if (word === "Timestamp") return /"|Some/.test(inner) ? "timestamp" : "timestamp_ntz";
  return names[word] ?? arrow;
}
