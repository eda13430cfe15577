import type { TypeJson } from "../../plan/data-type.ts";
import { sortedJson } from "./sorted-json.ts";

/** What every data type has, atomic or nested: its names, and comparison. */
export abstract class AnyType {
  /** Which of Spark's types it is: "long", "struct", … It narrows `DataType` in TypeScript. */
  abstract readonly typeName: string;

  /** The type as SQL writes it: "bigint", "array<string>". */
  abstract simpleString(): string;

  /** The type as Spark's JSON writes it, as a value: `"long"`, or an object for a nested type. */
  abstract jsonValue(): TypeJson;

  /** {@link jsonValue} as text, its keys in alphabetical order, as PySpark writes them. */
  json(): string {
    return sortedJson(this.jsonValue());
  }

  /** Whether the other is the same type, with the same nullability inside. */
  equals(other: AnyType): boolean {
    return other instanceof AnyType && this.json() === other.json();
  }

  toString(): string {
    return this.simpleString();
  }
}
