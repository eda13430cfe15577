import { inspect } from "node:util";
import { PlanError } from "../connect/plan-error.ts";
import { wellFormed } from "../connect/well-formed.ts";
import { shown } from "./argument-error.ts";
import { checkText } from "./check-text.ts";

type Setting = string | number | bigint | boolean;

/**
 * Settings of an application, to give to a session's builder: `SparkSession.builder.config({ conf })`.
 * @example const conf = new SparkConf().setAppName("report").set("spark.sql.shuffle.partitions", 8);
 * @see https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.SparkConf.html
 */
export class SparkConf {
  readonly #settings = new Map<string, string>();

  /** @param settings those to begin with */
  constructor(settings: Iterable<readonly [string, Setting]> | Readonly<Record<string, Setting>> = []) {
    this.setAll(settings);
  }

  /** Sets one. */
  set(key: string, value: Setting): this {
    const name = checkText(key, "SparkConf.set(key)", 'conf.set("spark.sql.shuffle.partitions", 8)');
    if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
      throw new PlanError(
        `The setting "${name}" was given ${value === null ? "null" : typeof value}.`,
        `Pass text, a number, or true or false: conf.set("${name}", "value")`,
      );
    }
    this.#settings.set(name, wellFormed(String(value)));
    return this;
  }

  /** Sets one that isn't set yet. */
  setIfMissing(key: string, value: Setting): this {
    return this.contains(key) ? this : this.set(key, value);
  }

  /** Where Spark runs, as {@link SparkSessionBuilder.master} takes it. */
  setMaster(value: string): this {
    return this.set("spark.master", checkText(value, "setMaster(value)", 'conf.setMaster("name")'));
  }

  /** The name of the application, as servers show it. */
  setAppName(value: string): this {
    return this.set("spark.app.name", checkText(value, "setAppName(value)", 'conf.setAppName("name")'));
  }

  /** Where Spark is installed on workers. */
  setSparkHome(value: string): this {
    return this.set("spark.home", checkText(value, "setSparkHome(value)", 'conf.setSparkHome("name")'));
  }

  /** An environment variable of executors, or several. */
  setExecutorEnv(key: string, value: string): this;
  setExecutorEnv(pairs: Iterable<readonly [string, string]> | Readonly<Record<string, string>>): this;
  setExecutorEnv(
    key: string | Iterable<readonly [string, string]> | Readonly<Record<string, string>>,
    value?: string,
  ): this {
    const pairs = typeof key === "string" ? [[key, value!] as const] : entriesOf(key);
    for (const [name, text] of pairs) this.set(`spark.executorEnv.${name}`, text);
    return this;
  }

  /** Sets several. */
  setAll(pairs: Iterable<readonly [string, Setting]> | Readonly<Record<string, Setting>>): this {
    for (const [key, value] of entriesOf(pairs)) this.set(key, value);
    return this;
  }

  /** The value of a setting; `defaultValue` (null) when it isn't set. */
  get(key: string, defaultValue: string | null = null): string | null {
    return (
      this.#settings.get(checkText(key, "SparkConf.get(key)", 'conf.get("spark.app.name")')) ?? defaultValue
    );
  }

  /** Every setting, as pairs. */
  getAll(): [string, string][] {
    return [...this.#settings];
  }

  /** Whether a setting is set. */
  contains(key: string): boolean {
    return this.#settings.has(checkText(key, "contains(key)", 'conf.contains("spark.app.name")'));
  }

  /** Every setting in a line of its own, in order of the names. */
  toDebugString(): string {
    return this.getAll()
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map((pair) => pair.join("="))
      .join("\n");
  }

  [inspect.custom](): string {
    return `SparkConf { ${this.toDebugString().replaceAll("\n", ", ")} }`;
  }
}

function entriesOf<T>(
  pairs: Iterable<readonly [string, T]> | Readonly<Record<string, T>>,
): Iterable<readonly [string, T]> {
  if (typeof pairs !== "object" || pairs === null) {
    throw new PlanError(
      `A list of settings was expected, not ${pairs === null ? "null" : typeof pairs}.`,
      'Pass pairs or an object: conf.setAll([["spark.app.name", "report"]])',
    );
  }
  if (!(Symbol.iterator in pairs)) return Object.entries(pairs as Record<string, T>);
  return Array.from(pairs as Iterable<readonly [string, T]>, (pair) => {
    if (Array.isArray(pair) && pair.length === 2) return pair as unknown as readonly [string, T];
    throw new PlanError(
      `${shown(pair)} isn't a setting's name with its value.`,
      'Pass pairs or an object: conf.setAll([["spark.app.name", "report"]])',
    );
  });
}
