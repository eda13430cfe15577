// Types with parts, and types from Spark's JSON and DDL.
import { PlanError } from "../../connect/plan-error.ts";
import type { ArrayJson, FieldJson, MapJson, StructJson, TypeJson } from "../../plan/data-type.ts";
import { argumentError, shown } from "../argument-error.ts";
import { closeNames } from "../close-names.ts";
import type { SchemaOfDDL } from "../typed/ddl.ts";
import type { Added, columns, SchemaOfField } from "../typed/struct.ts";
import type * as atomic from "./atomic-types.ts";
import { OtherType, StringType } from "./atomic-types.ts";
import { AnyType } from "./data-type.ts";
import { parseTypeText } from "./ddl-parser.ts";
import { fieldDDL } from "./ddl-text.ts";
import type { CalendarIntervalType, DayTimeIntervalType, YearMonthIntervalType } from "./interval-types.ts";
import { plainType } from "./plain-type.ts";
import { sortedJson } from "./sorted-json.ts";
import type { GeographyType, GeometryType } from "./spatial-types.ts";
import { treeString } from "./tree-string.ts";

/** Any of Spark's data types; `typeName` tells them apart. */
export type DataType =
  | atomic.NullType
  | StringType
  | atomic.CharType
  | atomic.VarcharType
  | atomic.BinaryType
  | atomic.BooleanType
  | atomic.ByteType
  | atomic.ShortType
  | atomic.IntegerType
  | atomic.LongType
  | atomic.FloatType
  | atomic.DoubleType
  | atomic.DecimalType
  | atomic.DateType
  | atomic.TimeType
  | atomic.TimestampType
  | atomic.TimestampNTZType
  | DayTimeIntervalType
  | YearMonthIntervalType
  | CalendarIntervalType
  | atomic.VariantType
  | GeometryType
  | GeographyType
  | OtherType
  | ArrayType
  | MapType
  | StructType;

/** What a column carries beside its type, such as `{ comment: "in bytes" }`. */
export type Metadata = Readonly<Record<string, unknown>>;

/**
 * Types from text, and what is one: `x instanceof DataType`.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.types.DataType.html
 */
export const DataType = {
  /**
   * The type that text in SQL's notation stands for; several columns are a struct.
   * @throws PlanError naming the place that isn't understood, and what is expected there
   * @example types.DataType.fromDDL("array<int>")
   */
  fromDDL(ddl: string): DataType {
    return typeFromJson(parseTypeText(ddl));
  },
  /** The type that Spark's JSON stands for: a value such as `jsonValue()` gives, or its text such as `json()` gives. */
  fromJson(json: TypeJson): DataType {
    const isText = typeof json === "string" && /^\s*["{]/.test(json);
    return typeFromJson(isText ? (JSON.parse(json) as TypeJson) : json);
  },
  [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof AnyType;
  },
};

function checkType(value: unknown, what: string): void {
  if (value instanceof AnyType) return;
  throw new PlanError(
    `${what} was given ${value === null ? "null" : typeof value} for a type.`,
    'Pass one, as in new types.StringType(), or make one of text: types.DataType.fromDDL("array<int>")',
  );
}

/** A list. In rows: an array. `E` is the type of its elements, where it is known. */
export class ArrayType<E = any> extends AnyType {
  readonly typeName = "array";
  readonly elementType: DataType;
  readonly containsNull: boolean;
  constructor(elementType: E & DataType, containsNull = true) {
    super();
    checkType(elementType, "ArrayType");
    this.elementType = elementType;
    this.containsNull = containsNull;
  }
  simpleString(): string {
    return `array<${this.elementType.simpleString()}>`;
  }
  jsonValue(): ArrayJson {
    const { elementType, containsNull } = this;
    return { type: "array", elementType: elementType.jsonValue(), containsNull };
  }
  /** The same type with nulls everywhere. */
  toNullable(): ArrayType {
    return new ArrayType(nullable(this.elementType), true);
  }
  static fromJson(json: ArrayJson): ArrayType {
    return typeFromJson(json) as ArrayType;
  }
}

/** In rows: `Map`. `K` and `V` are the types of its keys and values, where they are known. */
export class MapType<K = any, V = any> extends AnyType {
  readonly typeName = "map";
  readonly keyType: DataType;
  readonly valueType: DataType;
  readonly valueContainsNull: boolean;
  constructor(keyType: K & DataType, valueType: V & DataType, valueContainsNull = true) {
    super();
    checkType(keyType, "MapType");
    checkType(valueType, "MapType");
    this.keyType = keyType;
    this.valueType = valueType;
    this.valueContainsNull = valueContainsNull;
  }
  simpleString(): string {
    return `map<${this.keyType.simpleString()},${this.valueType.simpleString()}>`;
  }
  jsonValue(): MapJson {
    const { keyType, valueType, valueContainsNull } = this;
    return { type: "map", keyType: keyType.jsonValue(), valueType: valueType.jsonValue(), valueContainsNull };
  }
  /** The same type with nulls in all values. */
  toNullable(): MapType {
    return new MapType(nullable(this.keyType), nullable(this.valueType), true);
  }
  static fromJson(json: MapJson): MapType {
    return typeFromJson(json) as MapType;
  }
}

/**
 * A column of a schema, or a field of a struct. `N`, `D` and `Z` are its name, its type and whether it may be null, where
 * they are known; no member has these types, so that a list takes fields of any.
 */
export class StructField<N extends string = string, D = any, Z extends boolean = boolean> {
  readonly name: string;
  readonly dataType: DataType;
  readonly nullable: boolean;
  readonly metadata: Metadata;
  constructor(name: N, dataType: D & DataType, nullable?: Z, metadata: Metadata = {}) {
    if (typeof name !== "string") {
      throw new PlanError(
        `A field's name was given as ${typeof name}.`,
        'Pass text: new StructField("n", type)',
      );
    }
    checkType(dataType, `The field \`${name}\``);
    this.name = name;
    this.dataType = dataType;
    this.nullable = nullable ?? true;
    this.metadata = metadata;
  }
  simpleString(): string {
    return `${this.name}:${this.dataType.simpleString()}`;
  }
  /** The field as Spark's JSON writes it, as a value. */
  jsonValue(): FieldJson {
    const { name, dataType, nullable } = this;
    const collations = collationsOf(dataType, name);
    const hasCollations = Object.keys(collations).length > 0;
    const metadata = hasCollations ? { ...this.metadata, [collationsKey]: collations } : this.metadata;
    // Spark keeps collations beside the type, for readers that know none.
    const type = hasCollations ? withoutCollations(dataType).jsonValue() : dataType.jsonValue();
    return { name, type, nullable, metadata };
  }
  /** {@link jsonValue} as text, its keys in alphabetical order, as PySpark writes them. */
  json(): string {
    return sortedJson(this.jsonValue());
  }
  toString(): string {
    return this.simpleString();
  }
  static fromJson(json: FieldJson): StructField {
    const { [collationsKey]: collations, ...metadata } = json.metadata ?? {};
    const names = Object.entries((collations ?? {}) as Record<string, string>);
    const byPath = new Map(names.map(([path, name]) => [path, name.replace(/^\w+\./, "")]));
    return new StructField(
      json.name,
      typeFromJson(json.type, json.name, byPath),
      json.nullable ?? true,
      metadata,
    );
  }
}

/**
 * A schema, or the type of a nested record. In rows: {@link Row}. `S` is its columns and the values that rows carry.
 * @example new StructType().add("host", "string").add("n", new LongType())
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.types.StructType.html
 */
export class StructType<out S = any> extends AnyType {
  readonly typeName = "struct";
  /** For the compiler alone: no value. */
  declare readonly [columns]: S;
  readonly fields: readonly StructField[];
  constructor(fields: readonly StructField[] = []) {
    super();
    if (!Array.isArray(fields) || fields.some((field) => !(field instanceof StructField))) {
      throw new PlanError(
        "StructType was given something that isn't a list of fields.",
        'Pass StructFields: new StructType([new StructField("n", new LongType())])',
      );
    }
    this.fields = [...fields];
  }

  /** The names of the columns, in order. */
  get names(): string[] {
    return this.fields.map((field) => field.name);
  }

  /** The names of the columns, in order. */
  fieldNames(): string[] {
    return this.names;
  }

  /** How many columns there are. */
  get length(): number {
    return this.fields.length;
  }

  /**
   * Adds a column at the end, to this schema, and gives it.
   * @param field a StructField, or a name with a type: a DataType or its text, as in "array<int>"
   * @param nullable whether it may hold nulls (true)
   * @param metadata what it carries beside its type
   */
  add<const F extends StructField>(field: F): StructType<Added<S, SchemaOfField<F>>>;
  add<const N extends string, const D extends DataType | string, const Z extends boolean = true>(
    name: N,
    dataType: D,
    nullable?: Z,
    metadata?: Metadata,
  ): StructType<Added<S, SchemaOfField<StructField<N, D, Z>>>>;
  add(
    field: string | StructField,
    dataType?: DataType | string,
    isNullable = true,
    metadata?: Metadata,
  ): StructType {
    if (typeof field === "string" && dataType === undefined) {
      throw new PlanError(`add("${field}") was given no type.`, `Pass one: schema.add("${field}", "string")`);
    }
    const added =
      field instanceof StructField
        ? field
        : new StructField(
            field,
            typeof dataType === "string" ? DataType.fromDDL(dataType) : dataType!,
            isNullable,
            metadata,
          );
    (this.fields as StructField[]).push(added);
    return this;
  }

  /**
   * A column by its name or its position from 0.
   * @throws PlanError when there is none, with the close names
   */
  get(field: string | number): StructField {
    const found =
      typeof field === "number" ? this.fields.at(field) : this.fields.find(({ name }) => name === field);
    if (found) return found;
    throw new PlanError(
      `No column ${typeof field === "string" ? `\`${field}\`` : shown(field)} in [${this.names.join(", ")}].`,
      closeNames(typeof field === "string" ? field : shown(field), this.names),
    );
  }

  [Symbol.iterator](): IterableIterator<StructField> {
    return this.fields[Symbol.iterator]();
  }

  simpleString(): string {
    return `struct<${this.fields.map((field) => field.simpleString()).join(",")}>`;
  }

  jsonValue(): StructJson {
    return { type: "struct", fields: this.fields.map((field) => field.jsonValue()) };
  }

  /** The schema as `CREATE TABLE` writes it: "host STRING,n INT NOT NULL". */
  toDDL(): string {
    return this.fields.map(fieldDDL).join(",");
  }

  /**
   * The schema as a tree, as `printSchema()` prints it.
   * @param maxDepth levels below the root (all)
   */
  treeString(maxDepth = Number.POSITIVE_INFINITY): string {
    if (typeof maxDepth !== "number") {
      throw argumentError("treeString", maxDepth, "a number of levels: schema.treeString(2)", "maxDepth");
    }
    return treeString(this, maxDepth);
  }

  /** The same schema with nulls everywhere. */
  toNullable(): StructType {
    return new StructType(
      this.fields.map(
        ({ name, dataType, metadata }) => new StructField(name, nullable(dataType), true, metadata),
      ),
    );
  }

  /**
   * The schema that Spark's JSON stands for: what `jsonValue()` gives, or its text.
   * @example StructType.fromJson(JSON.parse(text))
   */
  static fromJson(json: StructJson | string): StructType {
    return asStruct(DataType.fromJson(json), "The JSON");
  }

  /**
   * The schema that a DDL string stands for.
   * @example StructType.fromDDL("host string, ports array<int>, n decimal(10,2) NOT NULL COMMENT 'in euros'")
   * @throws PlanError naming the place that isn't understood, and what is expected there
   * @see https://spark.apache.org/docs/latest/sql-ref-datatypes.html
   */
  static fromDDL<const T extends string>(ddl: T): StructType<SchemaOfDDL<T>> {
    return asStruct(DataType.fromDDL(ddl), `"${ddl}"`);
  }
}

function asStruct(type: DataType, what: string): StructType {
  if (type instanceof StructType) return type;
  throw new PlanError(
    `${what} is the type ${type.simpleString()}, not a schema of columns.`,
    'Write columns as in "host string, n int, tags array<string>".',
  );
}

function nullable(type: DataType): DataType {
  return type instanceof ArrayType || type instanceof MapType || type instanceof StructType
    ? type.toNullable()
    : type;
}

const collationsKey = "__COLLATIONS";

function collationsOf(type: DataType, path: string): Record<string, string> {
  switch (type.typeName) {
    case "string":
      if (type.collation === "UTF8_BINARY") return {};
      return { [path]: `${type.collation.startsWith("UTF8") ? "spark" : "icu"}.${type.collation}` };
    case "array":
      return collationsOf(type.elementType, `${path}.element`);
    case "map":
      return {
        ...collationsOf(type.keyType, `${path}.key`),
        ...collationsOf(type.valueType, `${path}.value`),
      };
    default:
      return {};
  }
}

function withoutCollations(type: DataType): DataType {
  switch (type.typeName) {
    case "string":
      return new StringType();
    case "array":
      return new ArrayType(withoutCollations(type.elementType), type.containsNull);
    case "map":
      return new MapType(
        withoutCollations(type.keyType),
        withoutCollations(type.valueType),
        type.valueContainsNull,
      );
    default:
      return type;
  }
}

function typeFromJson(json: TypeJson, path = "", collations = new Map<string, string>()): DataType {
  if (typeof json === "string") {
    const collation = json === "string" ? collations.get(path) : undefined;
    return collation ? new StringType(collation) : plainType(json);
  }
  const part = (child: TypeJson, name: string) => typeFromJson(child, `${path}.${name}`, collations);
  switch (json?.type) {
    case "struct":
      return new StructType(json.fields.map((field) => StructField.fromJson(field)));
    case "array":
      return new ArrayType(part(json.elementType, "element"), json.containsNull);
    case "map":
      return new MapType(part(json.keyType, "key"), part(json.valueType, "value"), json.valueContainsNull);
    case "udt":
      return new OtherType(json.class?.replace(/^.*\./, "") ?? "udt", json);
    default:
      throw new PlanError(
        `${JSON.stringify(json)} is no type in Spark's JSON.`,
        'Pass what json() of a schema gives: {"type":"struct","fields":[…]}',
      );
  }
}
