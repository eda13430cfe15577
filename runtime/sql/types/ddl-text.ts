import type { DataType, StructField } from "./nested-types.ts";

/** A column as `CREATE TABLE` writes it: "`a b` ARRAY<INT> NOT NULL COMMENT 'x'". */
export function fieldDDL(field: StructField): string {
  return `${quoted(field.name)} ${sqlOf(field.dataType)}${rest(field)}`;
}

function sqlOf(type: DataType): string {
  switch (type.typeName) {
    case "array":
      return `ARRAY<${sqlOf(type.elementType)}>`;
    case "map":
      return `MAP<${sqlOf(type.keyType)}, ${sqlOf(type.valueType)}>`;
    case "struct":
      return `STRUCT<${type.fields.map((f) => `${quoted(f.name)}: ${sqlOf(f.dataType)}${rest(f)}`).join(", ")}>`;
    case "string":
      return type.collation === "UTF8_BINARY" ? "STRING" : `STRING COLLATE ${type.collation}`;
    default:
      return type.simpleString().toUpperCase();
  }
}

function rest({ nullable, metadata }: StructField): string {
  const { comment } = metadata;
  const text = typeof comment === "string" ? ` COMMENT '${comment.replace(/['\\]/g, "\\$&")}'` : "";
  return `${nullable ? "" : " NOT NULL"}${text}`;
}

function quoted(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}
