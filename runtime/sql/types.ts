// Spark's data types: https://spark.apache.org/docs/latest/sql-ref-datatypes.html

/** Any of Spark's data types; `typeName` tells them apart. */
export type DataType = AtomicType | DecimalType | ArrayType | MapType | StructType;

export type AtomicTypeName =
  | "null"
  | "string"
  | "binary"
  | "boolean"
  | "byte"
  | "short"
  | "integer"
  | "long"
  | "float"
  | "double"
  | "date"
  | "timestamp"
  | "timestamp_ntz"
  | "other";

abstract class AtomicType {
  abstract readonly typeName: AtomicTypeName;
  /** The type as SQL writes it: "bigint", "array<string>". */
  abstract readonly simpleString: string;
  toString(): string {
    return this.simpleString;
  }
}

function atomic<N extends AtomicTypeName>(typeName: N, simpleString: string) {
  return class extends AtomicType {
    readonly typeName = typeName;
    readonly simpleString = simpleString;
  };
}

/** Only nulls. */
export class NullType extends atomic("null", "void") {}
/** Text. In rows: `string`. */
export class StringType extends atomic("string", "string") {}
/** Bytes. In rows: `Uint8Array`. */
export class BinaryType extends atomic("binary", "binary") {}
/** In rows: `boolean`. */
export class BooleanType extends atomic("boolean", "boolean") {}
/** Integer of 8 bits. In rows: `number`. */
export class ByteType extends atomic("byte", "tinyint") {}
/** Integer of 16 bits. In rows: `number`. */
export class ShortType extends atomic("short", "smallint") {}
/** Integer of 32 bits. In rows: `number`. */
export class IntegerType extends atomic("integer", "int") {}
/** Integer of 64 bits. In rows: `number` while it is below 2^53, else `bigint`; never rounded. */
export class LongType extends atomic("long", "bigint") {}
/** In rows: `number`. */
export class FloatType extends atomic("float", "float") {}
/** In rows: `number`. */
export class DoubleType extends atomic("double", "double") {}
/** A day. In rows: `Date` at midnight UTC. */
export class DateType extends atomic("date", "date") {}
/** A moment, to the microsecond. In rows: {@link Timestamp}, a `Date` with `epochMicros`. */
export class TimestampType extends atomic("timestamp", "timestamp") {}
/** Date and time without a zone, to the microsecond. In rows: {@link Timestamp}, read as UTC. */
export class TimestampNTZType extends atomic("timestamp_ntz", "timestamp_ntz") {}

/** A type that rows carry as the engine sends it, such as an interval. */
export class OtherType extends AtomicType {
  readonly typeName = "other";
  readonly simpleString: string;
  constructor(simpleString: string) {
    super();
    this.simpleString = simpleString;
  }
}

/** Exact decimal numbers of at most 38 digits. In rows: {@link Decimal}. Default: 10 digits, none after the point. */
export class DecimalType {
  readonly typeName = "decimal";
  readonly precision: number;
  readonly scale: number;
  constructor(precision = 10, scale = 0) {
    if (!(precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision)) {
      throw new RangeError(
        `decimal(${precision},${scale}) is not a type.\nThe precision is 1 to 38, the scale 0 to the precision.`,
      );
    }
    this.precision = precision;
    this.scale = scale;
  }
  get simpleString(): string {
    return `decimal(${this.precision},${this.scale})`;
  }
  toString(): string {
    return this.simpleString;
  }
}

/** A list. In rows: an array. */
export class ArrayType {
  readonly typeName = "array";
  readonly elementType: DataType;
  readonly containsNull: boolean;
  constructor(elementType: DataType, containsNull = true) {
    this.elementType = elementType;
    this.containsNull = containsNull;
  }
  get simpleString(): string {
    return `array<${this.elementType.simpleString}>`;
  }
  toString(): string {
    return this.simpleString;
  }
}

/** In rows: `Map`. */
export class MapType {
  readonly typeName = "map";
  readonly keyType: DataType;
  readonly valueType: DataType;
  readonly valueContainsNull: boolean;
  constructor(keyType: DataType, valueType: DataType, valueContainsNull = true) {
    this.keyType = keyType;
    this.valueType = valueType;
    this.valueContainsNull = valueContainsNull;
  }
  get simpleString(): string {
    return `map<${this.keyType.simpleString},${this.valueType.simpleString}>`;
  }
  toString(): string {
    return this.simpleString;
  }
}

/** A column of a schema, or a field of a struct. */
export class StructField {
  readonly name: string;
  readonly dataType: DataType;
  readonly nullable: boolean;
  constructor(name: string, dataType: DataType, nullable = true) {
    this.name = name;
    this.dataType = dataType;
    this.nullable = nullable;
  }
}

/**
 * A schema, or the type of a nested record. In rows: {@link Row}.
 * @example new StructType().add("host", new StringType()).add("n", new LongType())
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.types.StructType.html
 */
export class StructType {
  readonly typeName = "struct";
  readonly fields: readonly StructField[];
  constructor(fields: readonly StructField[] = []) {
    this.fields = fields;
  }
  get names(): string[] {
    return this.fields.map((field) => field.name);
  }
  get simpleString(): string {
    return `struct<${this.fields.map((f) => `${f.name}:${f.dataType.simpleString}`).join(",")}>`;
  }
  /** A schema with one more column; this one stays as it is. */
  add(name: string, dataType: DataType, nullable = true): StructType {
    return new StructType([...this.fields, new StructField(name, dataType, nullable)]);
  }
  toString(): string {
    return this.simpleString;
  }
  /** The schema as Spark writes it in JSON. */
  get json(): string {
    return JSON.stringify(toJson(this));
  }
}

function toJson(type: DataType): unknown {
  switch (type.typeName) {
    case "struct":
      return {
        type: "struct",
        fields: type.fields.map(({ name, dataType, nullable }) => ({
          name,
          type: toJson(dataType),
          nullable,
          metadata: {},
        })),
      };
    case "array":
      return { type: "array", elementType: toJson(type.elementType), containsNull: type.containsNull };
    case "map":
      return {
        type: "map",
        keyType: toJson(type.keyType),
        valueType: toJson(type.valueType),
        valueContainsNull: type.valueContainsNull,
      };
    case "decimal":
    case "other":
      return type.simpleString;
    case "null":
      return "void";
    default:
      return type.typeName;
  }
}
