import type { DataType, StructType } from "./nested-types.ts";

const named = ["decimal", "char", "varchar", "time", "daytimeinterval", "yearmonthinterval", "other"];

/** A schema as a tree, as Spark prints it. */
export function treeString(schema: StructType, maxDepth: number): string {
  const depth = maxDepth > 0 ? maxDepth : Number.POSITIVE_INFINITY;
  return ["root", ...lines(schema, " |", depth), ""].join("\n");
}

function lines(type: DataType, prefix: string, depth: number): string[] {
  if (depth <= 0) return [];
  const line = (name: string, child: DataType, note = "") => [
    `${prefix}-- ${name}: ${named.includes(child.typeName) ? child.simpleString() : child.typeName}${note}`,
    ...lines(child, `${prefix}    |`, depth - 1),
  ];
  switch (type.typeName) {
    case "struct":
      return type.fields.flatMap(({ name, dataType, nullable }) =>
        line(escape(name), dataType, ` (nullable = ${nullable})`),
      );
    case "array":
      return line("element", type.elementType, ` (containsNull = ${type.containsNull})`);
    case "map":
      return [
        ...line("key", type.keyType),
        ...line("value", type.valueType, ` (valueContainsNull = ${type.valueContainsNull})`),
      ];
    default:
      return [];
  }
}

const escapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
  "\v": "\\v",
  "\u0007": "\\a",
};

// A name with a line break would break the tree.
function escape(name: string): string {
  // oxlint-disable-next-line no-control-regex
  return name.replace(/[\n\r\t\f\b\v\u0007]/g, (character) => escapes[character]);
}
