// Reads types written as in SQL, "array<int>", and schemas, "host string, n int", into Spark's JSON.
import { PlanError } from "../../connect/plan-error.ts";
import { closeNames } from "../../text/close-names.ts";
import type { FieldJson, StructJson, TypeJson } from "../../plan/data-type.ts";

const plainTypes: Readonly<Record<string, string>> = {
  boolean: "boolean",
  tinyint: "byte",
  byte: "byte",
  smallint: "short",
  short: "short",
  int: "integer",
  integer: "integer",
  bigint: "long",
  long: "long",
  float: "float",
  real: "float",
  double: "double",
  date: "date",
  timestamp: "timestamp",
  timestamp_ltz: "timestamp",
  timestamp_ntz: "timestamp_ntz",
  binary: "binary",
  void: "void",
  variant: "variant",
};

const sized: Readonly<Record<string, "decimal" | "char" | "varchar">> = {
  decimal: "decimal",
  dec: "decimal",
  numeric: "decimal",
  char: "char",
  character: "char",
  varchar: "varchar",
};

const nested = ["array", "map", "struct", "string", "interval", "time"];

const inBackticks = "A name with other characters stands in backticks: `my-name` int.";

const intervals = [
  ["year", "month"],
  ["day", "hour", "minute", "second"],
];

/**
 * The type that a text stands for. Columns with their types are a struct, as in `CREATE TABLE`.
 * @throws PlanError naming the place that isn't understood, and what is expected there
 */
export function parseTypeText(text: string): TypeJson {
  if (typeof text !== "string") {
    throw new PlanError(`A schema was given as ${typeof text}.`, 'Pass text: "host string, n int"');
  }
  const asSchema = new Parser(text);
  try {
    return asSchema.wholeSchema();
  } catch (schemaError) {
    const asType = new Parser(text);
    try {
      return asType.wholeType();
    } catch (typeError) {
      // Whoever understood more of it knows what is wrong.
      throw asType.position > asSchema.position ? typeError : schemaError;
    }
  }
}

function didYouMean(name: string): string | undefined {
  const close = closeNames(name, [...Object.keys(plainTypes), ...Object.keys(sized), ...nested]);
  return close.length === 0 ? undefined : `Did you mean ${close.map((type) => `\`${type}\``).join(" or ")}?`;
}

class Parser {
  readonly #text: string;
  readonly #tokens: { text: string; at: number }[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    const tokens = text.matchAll(
      /`(?:[^`]|``)+`|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|[\p{L}\p{N}\p{M}_$]+|[,:<>()]|\S/gsu,
    );
    this.#tokens = Array.from(tokens, (match) => ({ text: match[0], at: match.index }));
  }

  /** How many words were understood. */
  get position(): number {
    return this.#next;
  }

  wholeType(): TypeJson {
    const type = this.#type();
    if (this.#peek() !== undefined) throw this.error("the end");
    return type;
  }

  wholeSchema(): StructJson {
    const fields = this.#fields(undefined);
    return { type: "struct", fields };
  }

  error(
    expected: string,
    remedy = 'Write columns as in "host string, n int, tags array<string>".',
  ): PlanError {
    const token = this.#tokens[this.#next];
    const found = token ? `"${token.text}" at character ${token.at + 1}` : "the end";
    return new PlanError(`Schema "${this.#text}": expected ${expected}, found ${found}.`, remedy);
  }

  #fields(end: string | undefined): FieldJson[] {
    const fields: FieldJson[] = [];
    if (this.#peek() === end) return fields;
    do {
      const name = this.#name();
      this.#accept(":");
      const type = this.#type();
      const nullable = !this.#acceptWord("not");
      if (!nullable && !this.#acceptWord("null")) throw this.error("NULL");
      const metadata = this.#acceptWord("comment") ? { comment: this.#string() } : {};
      fields.push({ name, type, nullable, metadata });
    } while (this.#accept(","));
    if (this.#peek() !== end)
      throw this.error(end === undefined ? "a comma or the end" : `a comma or "${end}"`);
    return fields;
  }

  #type(): TypeJson {
    const name = this.#peek()?.toLowerCase();
    if (name === undefined || !/^\w+$/.test(name)) {
      throw /^[^\w,:<>()'"]$/.test(name ?? ":") ? this.error("a type", inBackticks) : this.error("a type");
    }
    this.#next++;
    switch (name) {
      case "array":
        return { type: "array", elementType: this.#angle(() => this.#type()), containsNull: true };
      case "map":
        return this.#angle(() => {
          const keyType = this.#type();
          this.#expect(",");
          return { type: "map", keyType, valueType: this.#type(), valueContainsNull: true };
        });
      case "struct":
        return { type: "struct", fields: this.#struct() };
      case "string":
        return this.#acceptWord("collate") ? `string collate ${this.#name()}` : "string";
      case "interval":
        return this.#interval();
      case "time":
        return this.#zone(`time(${this.#numbers()[0] ?? 6})`);
      case "timestamp":
        return this.#zone("timestamp");
      case "geometry":
      case "geography":
        return this.#spatial(name);
    }
    if (Object.hasOwn(sized, name)) return this.#sized(sized[name]);
    if (Object.hasOwn(plainTypes, name)) return plainTypes[name];
    this.#next--;
    throw this.error("a type", didYouMean(name));
  }

  #sized(type: "decimal" | "char" | "varchar"): string {
    const numbers = this.#numbers();
    if (type === "decimal") return `decimal(${numbers[0] ?? 10},${numbers[1] ?? 0})`;
    if (numbers.length === 1) return `${type}(${numbers[0]})`;
    throw this.error(`the length of ${type}`, `Say how many characters, as in ${type}(20), or use string.`);
  }

  #interval(): string {
    const start = this.#peek()?.toLowerCase();
    const units = intervals.find((names) => start !== undefined && names.includes(start));
    if (!units) return "interval";
    this.#next++;
    if (!this.#acceptWord("to")) return `interval ${start}`;
    const end = this.#peek()?.toLowerCase() ?? "";
    if (units.indexOf(end) <= units.indexOf(start!)) {
      throw this.error(`a unit smaller than ${start}`, "Write it as in interval day to second.");
    }
    this.#next++;
    return `interval ${start} to ${end}`;
  }

  #zone(type: string): string {
    const [has, without] = [this.#acceptWord("with"), this.#acceptWord("without")];
    if (!has && !without) return type;
    if (has) this.#acceptWord("local");
    for (const word of ["time", "zone"]) if (!this.#acceptWord(word)) throw this.error(word.toUpperCase());
    return without && type === "timestamp" ? "timestamp_ntz" : type;
  }

  #spatial(name: string): string {
    this.#expect("(");
    const parts: string[] = [];
    while (this.#peek() !== undefined && this.#peek() !== ")") parts.push(this.#tokens[this.#next++].text);
    this.#expect(")");
    const system = parts.join("");
    const crs: Record<string, string> = { any: "SRID:ANY", "0": "SRID:0", "4326": "OGC:CRS84" };
    const known = crs[system.toLowerCase()] ?? (/^\d+$/.test(system) ? `EPSG:${system}` : system);
    return name === "geometry" ? `geometry(${known})` : `geography(${known.replace(/,.*$/, "")}, SPHERICAL)`;
  }

  #struct(): FieldJson[] {
    // "<>" is one operator in SQL, and here a struct of no fields.
    return this.#angle(() => this.#fields(">"));
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
      const text = this.#peek() ?? "";
      if (!/^\d+$/.test(text)) throw this.error("a number");
      numbers.push(Number(text));
      this.#next++;
    } while (this.#accept(","));
    this.#expect(")");
    return numbers;
  }

  #string(): string {
    const text = this.#peek() ?? "";
    if (!/^['"]/.test(text) || text.length < 2) throw this.error("text in quotes");
    this.#next++;
    const quote = text[0];
    return text
      .slice(1, -1)
      .replaceAll(quote + quote, quote)
      .replace(/\\(.)/gs, (_, escaped: string) => ({ n: "\n", t: "\t", r: "\r" })[escaped] ?? escaped);
  }

  #name(): string {
    const text = this.#peek();
    if (text === undefined || /^[,:<>()]/.test(text)) throw this.error("a column's name");
    if (!/^[\p{L}\p{N}\p{M}_$`]/u.test(text)) {
      throw this.error("a column's name", inBackticks);
    }
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
