// Reads schemas written as in SQL: "host string, n int".
import { PlanError } from "../connect/plan-error.ts";
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
  ShortType,
  StringType,
  StructField,
  StructType,
  TimestampNTZType,
  TimestampType,
} from "./types.ts";

const atomicTypes: Record<string, () => DataType> = {
  boolean: () => new BooleanType(),
  tinyint: () => new ByteType(),
  byte: () => new ByteType(),
  smallint: () => new ShortType(),
  short: () => new ShortType(),
  int: () => new IntegerType(),
  integer: () => new IntegerType(),
  bigint: () => new LongType(),
  long: () => new LongType(),
  float: () => new FloatType(),
  real: () => new FloatType(),
  double: () => new DoubleType(),
  date: () => new DateType(),
  timestamp: () => new TimestampType(),
  timestamp_ltz: () => new TimestampType(),
  timestamp_ntz: () => new TimestampNTZType(),
  string: () => new StringType(),
  varchar: () => new StringType(),
  char: () => new StringType(),
  binary: () => new BinaryType(),
  void: () => new NullType(),
};

/**
 * The schema that a DDL string stands for.
 * @param ddl columns with their types, as in `CREATE TABLE`: "host string, ports array<int>, n decimal(10,2) NOT NULL"
 * @throws PlanError naming the place that isn't understood
 * @example parseDDL("host string, n int")
 * @see https://spark.apache.org/docs/latest/sql-ref-datatypes.html
 */
export function parseDDL(ddl: string): StructType {
  const parser = new Parser(ddl);
  const fields = parser.fields(undefined);
  if (fields.length === 0) throw parser.error("a column");
  return new StructType(fields);
}

class Parser {
  readonly #text: string;
  readonly #tokens: { text: string; at: number }[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    const tokens = text.matchAll(/`(?:[^`]|``)+`|'(?:[^'\\]|\\.|'')*'|[^\s,:<>()`']+|[,:<>()]|\S/g);
    this.#tokens = Array.from(tokens, (match) => ({ text: match[0], at: match.index }));
  }

  fields(end: string | undefined): StructField[] {
    const fields: StructField[] = [];
    while (this.#peek() !== end) {
      const name = this.#name();
      this.#accept(":");
      const dataType = this.#type();
      const nullable = !this.#acceptWord("not");
      if (!nullable && !this.#acceptWord("null")) throw this.error("NULL");
      if (this.#acceptWord("comment")) this.#next++;
      fields.push(new StructField(name, dataType, nullable));
      if (!this.#accept(",")) break;
    }
    if (this.#peek() !== end) throw this.error(end === undefined ? "a comma" : `"${end}"`);
    return fields;
  }

  error(expected: string): PlanError {
    const token = this.#tokens[this.#next];
    const found = token ? `"${token.text}" at character ${token.at + 1}` : "the end";
    return new PlanError(
      `Schema "${this.#text}": expected ${expected}, found ${found}.`,
      'Write columns as in "host string, n int, tags array<string>".',
    );
  }

  #type(): DataType {
    const name = this.#peek()?.toLowerCase();
    if (name === undefined || !/^\w+$/.test(name)) throw this.error("a type");
    this.#next++;
    switch (name) {
      case "array":
        return new ArrayType(this.#angle(() => this.#type()));
      case "map":
        return this.#angle(() => {
          const key = this.#type();
          this.#expect(",");
          return new MapType(key, this.#type());
        });
      case "struct":
        return new StructType(this.#angle(() => this.fields(">")));
      case "decimal":
      case "dec":
      case "numeric":
        return new DecimalType(...this.#numbers());
    }
    const make = Object.hasOwn(atomicTypes, name) ? atomicTypes[name] : undefined;
    if (!make) {
      this.#next--;
      throw this.error("a type");
    }
    this.#numbers(); // varchar(10)
    return make();
  }

  #angle<T>(inner: () => T): T {
    this.#expect("<");
    const value = inner();
    this.#expect(">");
    return value;
  }

  #numbers(): number[] {
    const numbers: number[] = [];
    if (!this.#accept("(")) return numbers;
    do {
      const number = Number(this.#peek());
      if (!Number.isInteger(number)) throw this.error("a number");
      numbers.push(number);
      this.#next++;
    } while (this.#accept(","));
    this.#expect(")");
    return numbers;
  }

  #name(): string {
    const text = this.#peek();
    if (text === undefined || /^[,:<>()']/.test(text)) throw this.error("a column's name");
    this.#next++;
    return text.startsWith("`") ? text.slice(1, -1).replaceAll("``", "`") : text;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text;
  }

  #accept(text: string): boolean {
    if (this.#peek() !== text) return false;
    this.#next++;
    return true;
  }

  #acceptWord(word: string): boolean {
    if (this.#peek()?.toLowerCase() !== word) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.error(`"${text}"`);
  }
}
