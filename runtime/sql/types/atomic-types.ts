// Types without parts: https://spark.apache.org/docs/latest/sql-ref-datatypes.html
import { argumentError, shown } from "../argument-error.ts";
import { PlanError } from "../../connect/plan-error.ts";
import type { TypeJson } from "../../plan/data-type.ts";
import { AnyType } from "./data-type.ts";

/** A type of one name, with nothing to say about it. */
function plain<N extends string>(typeName: N, simpleString: string = typeName) {
  return class extends AnyType {
    readonly typeName = typeName;
    simpleString(): string {
      return simpleString;
    }
    jsonValue(): string {
      return typeName;
    }
  };
}

/** Only nulls. */
export class NullType extends plain("void") {}
/** Bytes. In rows: `Uint8Array`. */
export class BinaryType extends plain("binary") {}
/** In rows: `boolean`. */
export class BooleanType extends plain("boolean") {}
/** Integer of 8 bits. In rows: `number`. */
export class ByteType extends plain("byte", "tinyint") {}
/** Integer of 16 bits. In rows: `number`. */
export class ShortType extends plain("short", "smallint") {}
/** Integer of 32 bits. In rows: `number`. */
export class IntegerType extends plain("integer", "int") {}
/**
 * Integer of 64 bits. In rows: `number` while it is at most 2^53 - 1, else `bigint`; never rounded. All of them are
 * `bigint` in a session with the setting `spark.sightline.longs` = `bigint`.
 */
export class LongType extends plain("long", "bigint") {}
/** Number of 32 bits. In rows: `number`. */
export class FloatType extends plain("float") {}
/** Number of 64 bits. In rows: `number`. */
export class DoubleType extends plain("double") {}
/** A day, in the years 1 to 9999. In rows: `Date` at midnight UTC. */
export class DateType extends plain("date") {}
/** A moment, to the microsecond. In rows: {@link Timestamp}, a `Date` with `epochMicros`. */
export class TimestampType extends plain("timestamp") {}
/** Date and time without a zone, to the microsecond. In rows: {@link Timestamp}, read as UTC. */
export class TimestampNTZType extends plain("timestamp_ntz") {}
/** Data of any shape, such as JSON's. In rows: {@link VariantVal}. */
export class VariantType extends plain("variant") {}

/** Text. In rows: `string`. Its collation says how texts compare; default: byte by byte. */
export class StringType extends AnyType {
  readonly typeName = "string";
  readonly collation: string;
  constructor(collation = "UTF8_BINARY") {
    super();
    if (typeof collation !== "string" || collation === "") {
      throw argumentError("StringType", collation, 'a collation: new StringType("UTF8_LCASE")', "collation");
    }
    this.collation = collation;
  }
  simpleString(): string {
    return this.collation === "UTF8_BINARY" ? "string" : `string collate ${this.collation}`;
  }
  jsonValue(): string {
    return this.simpleString();
  }
}

function checkLength(type: string, length: number): number {
  if (Number.isInteger(length) && length >= 1) return length;
  throw new PlanError(
    `${type}(${shown(length)}) is not a type.`,
    `Pass the number of characters, as in ${type}(20).`,
  );
}

/** Text of at most `length` characters, filled with blanks. In rows: `string`. */
export class CharType extends AnyType {
  readonly typeName = "char";
  readonly length: number;
  constructor(length: number) {
    super();
    this.length = checkLength("char", length);
  }
  simpleString(): string {
    return `char(${this.length})`;
  }
  jsonValue(): string {
    return this.simpleString();
  }
}

/** Text of at most `length` characters. In rows: `string`. */
export class VarcharType extends AnyType {
  readonly typeName = "varchar";
  readonly length: number;
  constructor(length: number) {
    super();
    this.length = checkLength("varchar", length);
  }
  simpleString(): string {
    return `varchar(${this.length})`;
  }
  jsonValue(): string {
    return this.simpleString();
  }
}

/** Exact decimal numbers of at most 38 digits. In rows: {@link Decimal}. Default: 10 digits, none after the point. */
export class DecimalType extends AnyType {
  readonly typeName = "decimal";
  readonly precision: number;
  readonly scale: number;
  constructor(precision = 10, scale = 0) {
    super();
    const areWhole = Number.isInteger(precision) && Number.isInteger(scale);
    if (!(areWhole && precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision)) {
      throw new PlanError(
        `decimal(${shown(precision)},${shown(scale)}) is not a type.`,
        `The precision is 1 to 38, the scale 0 to the precision.`,
      );
    }
    this.precision = precision;
    this.scale = scale;
  }
  simpleString(): string {
    return `decimal(${this.precision},${this.scale})`;
  }
  jsonValue(): string {
    return this.simpleString();
  }
}

/** A time of day with `precision` digits after the seconds' point, 0 to 6 (6). In rows: {@link Time}. */
export class TimeType extends AnyType {
  readonly typeName = "time";
  readonly precision: number;
  constructor(precision = 6) {
    super();
    if (!(Number.isInteger(precision) && precision >= 0 && precision <= 6)) {
      throw new PlanError(
        `time(${shown(precision)}) is not a type.`,
        `The precision is 0 to 6, as in time(6).`,
      );
    }
    this.precision = precision;
  }
  simpleString(): string {
    return `time(${this.precision})`;
  }
  jsonValue(): string {
    return this.simpleString();
  }
}

/** A type that this client has no word for; rows carry its values as the engine sends them. */
export class OtherType extends AnyType {
  readonly typeName = "other";
  readonly #name: string;
  readonly #json: TypeJson;
  constructor(name: string, json: TypeJson = name) {
    super();
    this.#name = name;
    this.#json = json;
  }
  simpleString(): string {
    return this.#name;
  }
  jsonValue(): TypeJson {
    return this.#json;
  }
}
