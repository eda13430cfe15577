import type { DataType as DataTypeMessage } from "../connect/generated/types_pb.js";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  ByteType,
  type DataType,
  DateType,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LongType,
  MapType,
  NullType,
  OtherType,
  ShortType,
  StringType,
  StructField,
  StructType,
  TimestampNTZType,
  TimestampType,
} from "./types.ts";

/** The schema in an engine's answer. */
export function schemaFromMessage(message: DataTypeMessage): StructType {
  const type = typeFromMessage(message);
  if (type.typeName !== "struct")
    throw new Error(`The engine's schema is ${type.simpleString}, not a struct.`);
  return type;
}

function typeFromMessage({ kind }: DataTypeMessage): DataType {
  switch (kind.case) {
    case "null":
      return new NullType();
    case "string":
    case "char":
    case "varChar":
      return new StringType();
    case "binary":
      return new BinaryType();
    case "boolean":
      return new BooleanType();
    case "byte":
      return new ByteType();
    case "short":
      return new ShortType();
    case "integer":
      return new IntegerType();
    case "long":
      return new LongType();
    case "float":
      return new FloatType();
    case "double":
      return new DoubleType();
    case "date":
      return new DateType();
    case "timestamp":
      return new TimestampType();
    case "timestampNtz":
      return new TimestampNTZType();
    case "decimal":
      return new DecimalType(kind.value.precision ?? 10, kind.value.scale ?? 0);
    case "array":
      return new ArrayType(typeFromMessage(kind.value.elementType!), kind.value.containsNull);
    case "map": {
      const { keyType, valueType, valueContainsNull } = kind.value;
      return new MapType(typeFromMessage(keyType!), typeFromMessage(valueType!), valueContainsNull);
    }
    case "struct":
      return new StructType(
        kind.value.fields.map((f) => new StructField(f.name, typeFromMessage(f.dataType!), f.nullable)),
      );
    default:
      return new OtherType(kind.case ?? "unknown");
  }
}
