// The text of a case, evaluated with our client. recorder.py does the same with pyspark.
import {
  Decimal,
  functions as F,
  type SparkSession,
  Timestamp,
  types,
  Window,
} from "../../../runtime/index.ts";

/** What a case gives that isn't a DataFrame: a value, or the promise of one. */
export class Value {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

type Callback = (...args: unknown[]) => unknown;

const scope = {
  F,
  W: Window,
  T: types,
  dec: (text: string) => new Decimal(text),
  ts: timestamp,
  ntz: timestamp,
  date: (text: string) => new Date(`${text}T00:00:00Z`),
  bytes: (hex: string) => new Uint8Array(Buffer.from(hex, "hex")),
  map: (entries: [unknown, unknown][]) => new Map(entries),
  row: (...values: unknown[]) =>
    values.length === 1 && typeof values[0] === "object" && values[0] !== null && !Array.isArray(values[0])
      ? values[0]
      : values,
  big: (text: string) => BigInt(text),
  nan: NaN,
  inf: Infinity,
  value: (value: unknown) => new Value(value),
  steps: (...values: unknown[]) => new Steps(values),
  use: (...values: unknown[]) => (values.at(-1) as Callback)(...values.slice(0, -1)),
  each: (count: number, make: (i: number) => unknown) => Array.from({ length: count }, (_, i) => make(i)),
  name: (...parts: unknown[]) => parts.join(""),
};

class Steps {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** Evaluates a case. Commands in it are awaited before the last step's value is given. */
export async function evaluate(text: string, spark: SparkSession): Promise<unknown> {
  const printing: string[] = [];
  const names = {
    ...scope,
    spark,
    df: (rows: never, schema: never) => spark.createDataFrame(rows, schema),
    printed: (job: Promise<unknown>) =>
      new Value(job.then(() => printing.map((line) => `${line}\n`).join(""))),
  };
  const log = console.log;
  if (text.includes("printed(")) console.log = (line: unknown) => printing.push(String(line));
  try {
    // eslint-disable-next-line no-new-func -- cases are texts, so that pyspark can evaluate them too
    const make = new Function(...Object.keys(names), `"use strict"; return (${text});`) as Callback;
    const result: unknown = make(...Object.values(names));
    const last = result instanceof Steps ? await lastOf(result) : result;
    return last instanceof Value ? new Value(await last.value) : last;
  } finally {
    console.log = log;
  }
}

async function lastOf({ values }: Steps): Promise<unknown> {
  const jobs = values
    .map((step) => (step instanceof Value ? step.value : step))
    .filter((inner) => inner instanceof Promise);
  // All began together; the first failure is the case's, and those behind it follow from it.
  for (const job of jobs) job.catch(() => {});
  for (const job of jobs) await job;
  return values.at(-1);
}

function timestamp(text: string): Timestamp {
  const [, seconds, fraction = ""] = /^([^.Z]*)(?:\.(\d{1,6}))?Z?$/.exec(text)!;
  const micros = BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
  return new Timestamp(micros);
}
