import type { DataType as DataTypeMessage } from "../connect/generated/types_pb.js";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  ByteType,
  CalendarIntervalType,
  CharType,
  type DataType,
  DateType,
  DayTimeIntervalType,
  DecimalType,
  DoubleType,
  FloatType,
  GeographyType,
  GeometryType,
  IntegerType,
  LongType,
  MapType,
  type Metadata,
  NullType,
  OtherType,
  ShortType,
  StringType,
  StructField,
  StructType,
  TimestampNTZType,
  TimestampType,
  TimeType,
  VarcharType,
  VariantType,
  YearMonthIntervalType,
} from "./types.ts";

/** The schema in an engine's answer. */
export function schemaFromMessage(message: DataTypeMessage): StructType {
  const type = typeFromMessage(message);
  if (type.typeName !== "struct")
    throw new Error(`The engine's schema is ${type.simpleString()}, not a struct.`);
  return type;
}

const plainTypes = {
  null: NullType,
  binary: BinaryType,
  boolean: BooleanType,
  byte: ByteType,
  short: ShortType,
  integer: IntegerType,
  long: LongType,
  float: FloatType,
  double: DoubleType,
  date: DateType,
  timestamp: TimestampType,
  timestampNtz: TimestampNTZType,
  calendarInterval: CalendarIntervalType,
  variant: VariantType,
};

/** The type in an engine's answer. */
function typeFromMessage({ kind }: DataTypeMessage): DataType {
  switch (kind.case) {
    case "string":
      return new StringType(kind.value.collation || undefined);
    case "char":
      return new CharType(kind.value.length);
    case "varChar":
      return new VarcharType(kind.value.length);
    case "decimal":
      return new DecimalType(kind.value.precision ?? 10, kind.value.scale ?? 0);
    case "time":
      return new TimeType(kind.value.precision ?? 6);
    case "dayTimeInterval":
      return new DayTimeIntervalType(kind.value.startField, kind.value.endField);
    case "yearMonthInterval":
      return new YearMonthIntervalType(kind.value.startField, kind.value.endField);
    case "geometry":
      return new GeometryType(kind.value.srid);
    case "geography":
      return new GeographyType(kind.value.srid);
    case "array":
      return new ArrayType(typeFromMessage(kind.value.elementType!), kind.value.containsNull);
    case "map": {
      const { keyType, valueType, valueContainsNull } = kind.value;
      return new MapType(typeFromMessage(keyType!), typeFromMessage(valueType!), valueContainsNull);
    }
    case "struct":
      return new StructType(
        kind.value.fields.map(
          (f) => new StructField(f.name, typeFromMessage(f.dataType!), f.nullable, metadataOf(f.metadata)),
        ),
      );
    case "udt":
      return new OtherType(kind.value.jvmClass?.replace(/^.*\./, "") || "udt");
    case undefined:
    case "unparsed":
      return new OtherType(kind.value?.dataTypeString ?? "unknown");
    default:
      return new plainTypes[kind.case]();
  }
}

function metadataOf(json: string | undefined): Metadata | undefined {
  if (!json) return undefined;
  try {
    return JSON.parse(json) as Metadata;
  } catch {
    return undefined; // an engine's own notes
  }
}
