import { PlanError } from "../connect/plan-error.ts";
import { attribute, call, type Expression, literal } from "../plan/expression.ts";
import { aggregate, GroupType } from "../plan/relation.ts";
import { argumentError, shown } from "./argument-error.ts";
import { textArgument } from "./text-argument.ts";
import { Column } from "./column.ts";
import { nameAt } from "./column-list.ts";
import { columnExpression } from "./column-name.ts";
import type { DataFrame } from "./dataframe.ts";
import { keysOnSail } from "./frame/on-sail.ts";
import { isPlainObject } from "./keyword-arguments.ts";
import type { Aggregated, AggregatedEach, Counted } from "./typed/combine.ts";
import type { GivenName, Names, OneName } from "./typed/schema.ts";
import { quotedName } from "./quoted-name.ts";
import type { StructType } from "./types.ts";

/** What rows are grouped by. */
export interface Grouping {
  /** Columns, or their places from 1. */
  readonly keys: readonly (Expression | number)[];
  /** How the keys combine. Default: one group for each combination of their values. */
  readonly type?: "groupby" | "rollup" | "cube" | "groupingSets";
  readonly sets?: readonly (readonly (Expression | number)[])[];
  readonly pivot?: { readonly column: Expression; readonly values?: readonly unknown[] };
}

const groupTypes = {
  groupby: GroupType.GROUPBY,
  rollup: GroupType.ROLLUP,
  cube: GroupType.CUBE,
  groupingSets: GroupType.GROUPING_SETS,
};

const numeric = new Set(["byte", "short", "integer", "long", "float", "double", "decimal"]);

declare const grouped: unique symbol;

/**
 * Groups of rows, waiting for what to compute of each. Made by {@link DataFrame.groupBy}, {@link DataFrame.rollup},
 * {@link DataFrame.cube} and {@link DataFrame.groupingSets}.
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/grouping.html
 */
export class GroupedData<
  // @ts-expect-error Declared, since the compiler can't work it out, as that of DataFrame.
  out S = any,
  // @ts-expect-error
  out Keys extends readonly unknown[] = any,
  out IsPivot = any,
> {
  /** For types only; nothing is there. */
  declare readonly [grouped]: [S, Keys, IsPivot];

  readonly #df: DataFrame;
  readonly #grouping: Grouping;

  /** Use the methods of {@link DataFrame}. */
  constructor(df: DataFrame, grouping: Grouping) {
    this.#df = df;
    this.#grouping = grouping;
  }

  /** What is grouped, and by what. For the rooms above. */
  get grouping(): {
    readonly df: DataFrame;
    readonly keys: readonly Expression[];
    readonly isPivot: boolean;
  } {
    const keys = this.#grouping.keys.map((key) => {
      if (typeof key !== "number") return key;
      throw new PlanError(`The groups are by place (${key}).`, 'Name their columns here: df.groupBy("host")');
    });
    return { df: this.#df, keys, isPivot: this.#grouping.pivot !== undefined };
  }

  /**
   * One row a group: the keys, then these aggregates. Builds a plan, runs nothing.
   * @param aggregates columns made of aggregate functions, or an object of function names by column
   * @example df.groupBy("host").agg(sum("bytes").alias("bytes"))
   * @example df.groupBy("host").agg({ bytes: "sum" })
   */
  agg<const C extends readonly Column[] | readonly [Readonly<Record<string, string>>]>(
    ...aggregates: C
  ): DataFrame<Aggregated<S, Keys, C, IsPivot>> {
    return this.#aggregate(aggregates.flatMap(aggregateExpressions), aggregates.length);
  }

  /** How many rows each group has, in a column `count`. */
  count(): DataFrame<Counted<S, Keys, IsPivot>> {
    return this.#aggregate([new Column(call("count", [literal(1)])).alias("count").expression]);
  }
  /** The sums of number columns; of all of them when none is named. */
  sum<const N extends readonly GivenName<S>[]>(
    ...columns: Names<S, N>
  ): DataFrame<AggregatedEach<S, Keys, "sum", N, IsPivot>> {
    return this.#each("sum", columns);
  }
  /** The means of number columns; of all of them when none is named. */
  avg<const N extends readonly GivenName<S>[]>(
    ...columns: Names<S, N>
  ): DataFrame<AggregatedEach<S, Keys, "avg", N, IsPivot>> {
    return this.#each("avg", columns);
  }
  /** Same as {@link avg}. */
  mean<const N extends readonly GivenName<S>[]>(
    ...columns: Names<S, N>
  ): DataFrame<AggregatedEach<S, Keys, "avg", N, IsPivot>> {
    return this.avg<N>(...columns);
  }
  /** The least values of number columns; of all of them when none is named. */
  min<const N extends readonly GivenName<S>[]>(
    ...columns: Names<S, N>
  ): DataFrame<AggregatedEach<S, Keys, "min", N, IsPivot>> {
    return this.#each("min", columns);
  }
  /** The greatest values of number columns; of all of them when none is named. */
  max<const N extends readonly GivenName<S>[]>(
    ...columns: Names<S, N>
  ): DataFrame<AggregatedEach<S, Keys, "max", N, IsPivot>> {
    return this.#each("max", columns);
  }

  /**
   * One column for each of the values of a column, in which the aggregates that follow are of the rows with that value.
   * @param pivotCol the column's name
   * @param values the values that get a column, in their order; without them the engine first looks which there are
   * @throws PlanError when the rows are grouped otherwise than by {@link DataFrame.groupBy}, or pivoted already
   * @example df.groupBy("year").pivot("course", ["java", "dotnet"]).sum("earnings")
   */
  pivot<const N extends GivenName<S>>(
    pivotCol: OneName<S, N>,
    values?: readonly unknown[] | null,
  ): GroupedData<S, Keys, true> {
    const { type = "groupby", pivot } = this.#grouping;
    if (pivot || type !== "groupby") {
      const before = pivot ? "another pivot()" : `${type}()`;
      throw new PlanError(`pivot() was called after ${before}.`, 'Call it once, after df.groupBy("year").');
    }
    const name = textArgument("pivot", pivotCol, 'a column\'s name: .pivot("course")', "pivotCol");
    return new GroupedData(this.#df, {
      ...this.#grouping,
      pivot: { column: this.#df.col(name).expression, values: pivotValues(values) },
    });
  }

  #each<T>(name: string, given: unknown): DataFrame<T> {
    const columns = given as readonly string[];
    const measure = (column: string) => call(name, [columnExpression(column)]);
    const remedy = `names of columns: .${name}("bytes")`;
    if (columns.length > 0) {
      return this.#aggregate(columns.map((column) => measure(textArgument(name, column, remedy))));
    }
    return this.#df.deriveKnowing((input, schema) =>
      aggregate({
        input,
        ...this.#resolved(schema),
        aggregates: numberNames(schema).map(quotedName).map(measure),
      }),
    );
  }

  #aggregate<T>(aggregates: Expression[], given = 1): DataFrame<T> {
    if (given === 0)
      throw new PlanError("agg() was given nothing to compute.", 'Pass aggregates: .agg(count("*"))');
    const { keys, sets = [] } = this.#grouping;
    if ([...keys, ...sets.flat()].some((key) => typeof key === "number")) {
      return this.#df.deriveKnowing((input, schema) =>
        aggregate({ input, ...this.#resolved(schema), aggregates }),
      );
    }
    return this.#df.derive((input) => aggregate({ input, ...this.#resolved(), aggregates }));
  }

  #resolved(schema?: StructType) {
    const { keys, type = "groupby", sets, pivot } = this.#grouping;
    const resolve = (key: Expression | number): Expression =>
      typeof key === "number" ? attribute(quotedName(nameAt(type, key, schema?.names ?? []))) : key;
    const grouping = keys.map(resolve);
    const resolvedSets = sets?.map((set) => set.map(resolve));
    const isOnSail = this.#df.sparkSession.engine.name === "sail";
    return {
      grouping: isOnSail && resolvedSets ? keysOnSail(grouping, resolvedSets) : grouping,
      groupType: groupTypes[type],
      sets: resolvedSets,
      pivot,
    };
  }
}

function aggregateExpressions(aggregate: Column | Readonly<Record<string, string>>): Expression[] {
  if (aggregate instanceof Column) return [aggregate.expression];
  if (!isPlainObject(aggregate)) {
    throw argumentError("agg", aggregate, 'Columns, .agg(sum("n")), or an object, .agg({ n: "sum" })');
  }
  return Object.entries(aggregate).map(([column, name]) =>
    call(textArgument("agg", name, 'the name of a function: .agg({ n: "sum" })', `\`${column}\``), [
      columnExpression(column),
    ]),
  );
}

function pivotValues(values: unknown): readonly unknown[] | undefined {
  if (values === undefined || values === null) return undefined;
  const remedy = 'an array of text, numbers and booleans: .pivot("course", ["java", "dotnet"])';
  if (!Array.isArray(values)) throw argumentError("pivot", values, remedy, "values");
  for (const value of values) {
    if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
      throw new PlanError(`pivot() was given ${shown(value)} among the values.`, `Pass ${remedy}`);
    }
  }
  return values as unknown[];
}

function numberNames({ fields }: StructType): string[] {
  return fields.filter(({ dataType }) => numeric.has(dataType.typeName)).map(({ name }) => name);
}
