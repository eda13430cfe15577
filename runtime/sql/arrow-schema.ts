import {
  type DataType as ArrowType,
  type Decimal as ArrowDecimal,
  type Dictionary,
  type Field,
  type Int,
  type Interval,
  IntervalUnit,
  Precision,
  type Float,
  type Timestamp as ArrowTimestamp,
  Type,
} from "apache-arrow";
import { PlanError } from "../connect/plan-error.ts";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  ByteType,
  CalendarIntervalType,
  type DataType,
  DateType,
  DayTimeIntervalType,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LongType,
  MapType,
  NullType,
  ShortType,
  StringType,
  StructField,
  StructType,
  TimestampNTZType,
  TimestampType,
  TimeType,
  VariantType,
  YearMonthIntervalType,
} from "./types.ts";

/**
 * The type that a column of an Arrow table has in Spark. Unsigned integers become the next larger type.
 * @throws PlanError for a type that Spark lacks
 */
export function typeFromArrow(field: Field): DataType {
  const { type } = field;
  const children = (type.children ?? []) as readonly Field[];
  switch (type.typeId as Type) {
    case Type.Null:
      return new NullType();
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return new StringType();
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return new BinaryType();
    case Type.Bool:
      return new BooleanType();
    case Type.Int:
      return integerType(type as Int);
    case Type.Float:
      return (type as Float).precision === Precision.DOUBLE ? new DoubleType() : new FloatType();
    case Type.Decimal:
      return new DecimalType((type as ArrowDecimal).precision, (type as ArrowDecimal).scale);
    case Type.Date:
      return new DateType();
    case Type.Time:
      return new TimeType();
    case Type.Timestamp:
      return (type as ArrowTimestamp).timezone ? new TimestampType() : new TimestampNTZType();
    case Type.Duration:
      return new DayTimeIntervalType();
    case Type.Interval:
      return (type as Interval).unit === IntervalUnit.YEAR_MONTH
        ? new YearMonthIntervalType()
        : new CalendarIntervalType();
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
      return new ArrayType(typeFromArrow(children[0]), children[0].nullable);
    case Type.Map: {
      const [key, value] = children[0].type.children as readonly Field[];
      return new MapType(typeFromArrow(key), typeFromArrow(value), value.nullable);
    }
    case Type.Struct:
      if (children[1]?.metadata.get("variant") === "true") return new VariantType();
      return new StructType(
        children.map((child) => new StructField(child.name, typeFromArrow(child), child.nullable)),
      );
    case Type.Dictionary:
      return typeFromArrow(field.clone({ type: (type as Dictionary).dictionary as ArrowType }));
    default:
      throw new PlanError(
        `Spark has no type for the column \`${field.name}\` of Arrow's type ${String(type)}.`,
        "Cast the column first.",
      );
  }
}

function integerType({ bitWidth, isSigned }: Int): DataType {
  switch (isSigned ? bitWidth : Math.min(64, bitWidth * 2)) {
    case 8:
      return new ByteType();
    case 16:
      return new ShortType();
    case 32:
      return new IntegerType();
    default:
      return new LongType();
  }
}
