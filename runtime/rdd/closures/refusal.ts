import { types } from "node:util";
import { Job } from "../../jobs/index.ts";
import { Column } from "../../sql/column.ts";
import { DataFrame } from "../../sql/dataframe.ts";
import { SparkSession } from "../../sql/spark-session.ts";
import { SQLContext } from "../../sql/sql-context.ts";
import { staysHere } from "./stays-here.ts";

/** Why something can't be copied to the executors, and what to do instead. */
export interface Refusal {
  /** What it is: "a DataFrame". */
  readonly what: string;
  readonly remedy: string;
}

const noSession =
  "Functions run on the executors, which have no session. Get the values first, and use them inside:";

/** Of objects that can never travel, why. */
export function refusal(value: object): Refusal | undefined {
  if (staysHere in value) {
    return { what: String(value[staysHere]), remedy: `${noSession}\nconst values = await rdd.collect();` };
  }
  if (value instanceof DataFrame) {
    return { what: "a DataFrame", remedy: `${noSession}\nconst rows = await df.collect();` };
  }
  if (value instanceof SparkSession || value instanceof SQLContext) {
    return {
      what: "the Spark session",
      remedy: `${noSession}\nconst rows = await spark.sql("…").collect();`,
    };
  }
  if (value instanceof Column) {
    return {
      what: "a Column, which the engine computes",
      remedy: "Use it in df.select() or df.withColumn() instead.",
    };
  }
  if (value instanceof Job)
    return { what: "the promise of a job", remedy: "Await it first, and use the value inside." };
  if (types.isPromise(value))
    return { what: "a promise", remedy: "Await it first, and use the value inside." };
  if (types.isProxy(value))
    return { what: "a Proxy", remedy: "Copy what is needed into a plain object first." };
  if (
    types.isSharedArrayBuffer(value) ||
    (ArrayBuffer.isView(value) && types.isSharedArrayBuffer(value.buffer))
  ) {
    return {
      what: "memory shared between threads",
      remedy: "Executors share no memory. Copy it: const bytes = Uint8Array.from(shared);",
    };
  }
  if (types.isSymbolObject(value)) return { what: "a boxed symbol", remedy: "Use a string instead." };
  if (types.isWeakMap(value) || types.isWeakSet(value) || value instanceof WeakRef) {
    return { what: article(value), remedy: "Use a Map or a Set, or the value itself." };
  }
  if (types.isGeneratorObject(value) || value instanceof Iterator) {
    return { what: "a running iterator", remedy: "Make an array of it first: const items = [...iterator];" };
  }
  return undefined;
}

/** "a Socket", "an Agent". */
export function article(value: object): string {
  const name = value.constructor?.name || "object";
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
