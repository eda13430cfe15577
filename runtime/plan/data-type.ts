// Types as Spark's JSON writes them, and their messages.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DataTypeSchema } from "../connect/generated/types_pb.js";

/** A type in Spark's JSON: "long", "decimal(10,2)", or an object for a nested one. */
export type TypeJson = string | StructJson | ArrayJson | MapJson | UdtJson;

/** A schema in Spark's JSON. */
export interface StructJson {
  readonly type: "struct";
  readonly fields: readonly FieldJson[];
}

/** A column or field in Spark's JSON. */
export interface FieldJson {
  readonly name: string;
  readonly type: TypeJson;
  readonly nullable: boolean;
  /** What it carries beside its type, such as a comment. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface ArrayJson {
  readonly type: "array";
  readonly elementType: TypeJson;
  readonly containsNull: boolean;
}

export interface MapJson {
  readonly type: "map";
  readonly keyType: TypeJson;
  readonly valueType: TypeJson;
  readonly valueContainsNull: boolean;
}

/** A type of user code on the server, such as MLlib's vectors. */
export interface UdtJson {
  readonly type: "udt";
  readonly sqlType: TypeJson;
  readonly class?: string;
  readonly pyClass?: string;
}

type TypeMessage = MessageInitShape<typeof DataTypeSchema>;
type Kind = NonNullable<TypeMessage["kind"]>;

const kinds: Readonly<Record<string, Kind["case"]>> = {
  void: "null",
  binary: "binary",
  boolean: "boolean",
  byte: "byte",
  short: "short",
  integer: "integer",
  long: "long",
  float: "float",
  double: "double",
  date: "date",
  timestamp: "timestamp",
  timestamp_ntz: "timestampNtz",
  interval: "calendarInterval",
  variant: "variant",
};

const intervalFields = {
  dayTimeInterval: ["day", "hour", "minute", "second"],
  yearMonthInterval: ["year", "month"],
};

/** The message of a type; throws for one that has none. */
export function dataType(json: TypeJson): TypeMessage {
  if (typeof json === "string") return { kind: atomicKind(json) };
  switch (json.type) {
    case "struct": {
      const fields = json.fields.map(({ name, type, nullable, metadata }) => ({
        name,
        dataType: dataType(type),
        nullable,
        metadata: metadata && Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : undefined,
      }));
      return { kind: { case: "struct", value: { fields } } };
    }
    case "array": {
      const { elementType, containsNull } = json;
      return { kind: { case: "array", value: { elementType: dataType(elementType), containsNull } } };
    }
    case "map": {
      const { keyType, valueType, valueContainsNull } = json;
      const value = { keyType: dataType(keyType), valueType: dataType(valueType), valueContainsNull };
      return { kind: { case: "map", value } };
    }
    case "udt":
      return dataType(json.sqlType);
  }
}

function atomicKind(name: string): Kind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind) return { case: kind, value: {} } as Kind;
  const [, word, rest = ""] = /^(\w+)\s*(.*)$/s.exec(name) ?? ["", name];
  const numbers = Array.from(rest.matchAll(/-?\d+/g), ([digits]) => Number(digits));
  switch (word) {
    case "string": {
      // None where none is asked for: a table that is told the default one lists its type with it.
      const collation = /^collate\s+(\S+)$/i.exec(rest)?.[1] ?? "";
      return { case: "string", value: { collation } };
    }
    case "decimal":
      return { case: "decimal", value: { precision: numbers[0], scale: numbers[1] } };
    case "char":
      return { case: "char", value: { length: numbers[0] } };
    case "varchar":
      return { case: "varChar", value: { length: numbers[0] } };
    case "time":
      return { case: "time", value: { precision: numbers[0] ?? 6 } };
    case "interval":
      return intervalKind(rest, name);
    default:
      throw new TypeError(`no message for type ${name}`);
  }
}

function intervalKind(fields: string, name: string): Kind {
  const words = fields.split(" to ");
  for (const [kind, names] of Object.entries(intervalFields)) {
    const [start, end = start] = words.map((word) => names.indexOf(word));
    if (start >= 0 && end >= 0) {
      return { case: kind, value: { startField: start, endField: end } } as Kind;
    }
  }
  throw new TypeError(`no message for type ${name}`);
}
