import { PlanError } from "../../connect/plan-error.ts";
import { inspect } from "node:util";
import { readVariant } from "./read-variant.ts";
import { writeVariant } from "./write-variant.ts";

/**
 * A value of type VARIANT, in Spark's binary form: data of any shape, with the types that JSON lacks.
 * @example row.v.toValue().hosts[0]
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.types.VariantVal.html
 */
export class VariantVal {
  readonly value: Uint8Array;
  readonly metadata: Uint8Array;

  constructor(value: Uint8Array, metadata: Uint8Array) {
    if (!(value instanceof Uint8Array && metadata instanceof Uint8Array)) {
      throw new PlanError(
        "A VariantVal is made of two byte arrays.",
        "Of JSON: VariantVal.parseJson(text), of a value: VariantVal.of(value).",
      );
    }
    this.value = value;
    this.metadata = metadata;
  }

  /**
   * The variant that JSON stands for, its numbers exact: whole ones and decimals of up to 38 digits.
   * @throws SyntaxError for text that is no JSON
   */
  static parseJson(json: string): VariantVal {
    const { value, metadata } = writeVariant(json);
    return new VariantVal(new Uint8Array(value), new Uint8Array(metadata));
  }

  /** The variant of a value as `JSON.stringify` writes it. */
  static of(value: unknown): VariantVal {
    return VariantVal.parseJson(
      JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? rawJson(String(item)) : item)),
    );
  }

  /** What is in it as objects, arrays, strings, numbers, {@link Decimal}, {@link Timestamp}, `Date`, `Uint8Array`, null. */
  toValue(): unknown {
    return readVariant<unknown>(this.value, this.metadata, {
      scalar: ({ value }) => value,
      list: (items) => items,
      object: (fields) => Object.fromEntries(fields),
    });
  }

  /**
   * What is in it as JSON.
   * @param zoneId the time zone of timestamps ("UTC")
   */
  toJson(zoneId = "UTC"): string {
    return readVariant<string>(this.value, this.metadata, {
      scalar: ({ kind, value }) => scalarJson(kind, value, zoneId),
      list: (items) => `[${items.join(",")}]`,
      object: (fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`,
    });
  }

  toJSON(): unknown {
    return this.toValue();
  }

  toString(): string {
    return this.toJson();
  }

  [inspect.custom](): string {
    return `VariantVal(${this.toJson()})`;
  }
}

// Text that JSON.stringify writes as it is; TypeScript's library doesn't know it yet.
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): unknown };

function scalarJson(kind: string, value: unknown, zoneId: string): string {
  switch (kind) {
    case "integer":
    case "decimal":
    case "boolean":
    case "null":
      return String(value);
    case "double":
      return Number.isInteger(value) && Math.abs(value as number) < 1e16
        ? `${value as number}.0`
        : doubleJson(value as number);
    case "binary":
      return JSON.stringify(Buffer.from(value as Uint8Array).toString("base64"));
    case "date":
      return JSON.stringify((value as Date).toISOString().slice(0, 10));
    case "timestamp":
    case "timestamp_ntz":
      return JSON.stringify(momentText(value as Date, kind === "timestamp" ? zoneId : undefined));
    default:
      return JSON.stringify(value);
  }
}

// JSON has no word for these; Spark writes them as text.
function doubleJson(value: number): string {
  return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
}

function momentText(moment: Date, zoneId: string | undefined): string {
  const fraction = /\.(\d*?)0*Z$/.exec(moment.toISOString())?.[1];
  const rest = fraction ? `.${fraction}` : "";
  if (zoneId === undefined || zoneId === "UTC") {
    const text = moment.toISOString().slice(0, 19).replace("T", " ");
    return `${text}${rest}${zoneId === undefined ? "" : "+00:00"}`;
  }
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zoneId,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const offset = new Intl.DateTimeFormat("en", { timeZone: zoneId, timeZoneName: "longOffset" })
    .formatToParts(moment)
    .find(({ type }) => type === "timeZoneName")!.value;
  return `${format.format(moment)}${rest}${offset.replace("GMT", "") || "+00:00"}`;
}
