import { inspect } from "node:util";
import { PlanError } from "../../connect/plan-error.ts";
import type { Job } from "../../jobs/index.ts";
import { type Expression, sqlText } from "../../plan/expression.ts";
import { ActionType, mergeAction, mergeInto } from "../../plan/write-v2.ts";
import { checkText } from "../check-text.ts";
import { Column } from "../column.ts";
import type { DataFrame } from "../dataframe.ts";

/** New values for columns of the target, by the column's name. */
export type Assignments = Readonly<Record<string, Column>>;

/** What is done with rows of one kind, in the order of the calls. */
interface Actions {
  readonly matched: Expression[];
  readonly notMatched: Expression[];
  readonly notMatchedBySource: Expression[];
}

type Kind = keyof Actions;

/** Where a condition for rows was given, and what is done with them is still to say. */
class When {
  readonly #writer: MergeIntoWriter;
  readonly #actions: Expression[];
  readonly #condition: Expression | undefined;

  constructor(writer: MergeIntoWriter, actions: Expression[], condition: Expression | undefined) {
    this.#writer = writer;
    this.#actions = actions;
    this.#condition = condition;
  }

  protected add(type: ActionType, pairs: [Expression, Expression][] = []): MergeIntoWriter {
    this.#actions.push(mergeAction(type, this.#condition, pairs));
    return this.#writer;
  }
}

/** Rows of the target that a row of the source matches. */
export class WhenMatched extends When {
  /** Every column gets the value of the source's column of that name. */
  updateAll(): MergeIntoWriter {
    return this.add(ActionType.UPDATE_STAR);
  }
  /** These columns get values. @example .whenMatched().update({ n: col("source.n") }) */
  update(assignments: Assignments): MergeIntoWriter {
    return this.add(ActionType.UPDATE, assigned(assignments, "update"));
  }
  /** The row is removed. */
  delete(): MergeIntoWriter {
    return this.add(ActionType.DELETE);
  }
}

/** Rows of the source that match none of the target. */
export class WhenNotMatched extends When {
  /** The row is added, columns by name. */
  insertAll(): MergeIntoWriter {
    return this.add(ActionType.INSERT_STAR);
  }
  /** A row of these values is added. */
  insert(assignments: Assignments): MergeIntoWriter {
    return this.add(ActionType.INSERT, assigned(assignments, "insert"));
  }
}

/** Rows of the target that no row of the source matches. */
export class WhenNotMatchedBySource extends WhenMatched {}

/**
 * Changes a table by the rows of a DataFrame: `df.mergeInto("events", condition)`. For tables of formats that can be
 * changed, such as Delta and Iceberg; `merge()` runs the job.
 * @example
 * await changes.alias("c").mergeInto("events", expr("events.id = c.id"))
 *   .whenMatched().updateAll().whenNotMatched().insertAll().merge();
 * @see https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.MergeIntoWriter.html
 */
export class MergeIntoWriter {
  static readonly WhenMatched = WhenMatched;
  static readonly WhenNotMatched = WhenNotMatched;
  static readonly WhenNotMatchedBySource = WhenNotMatchedBySource;

  readonly #df: DataFrame;
  readonly #table: string;
  readonly #condition: Expression;
  readonly #actions: Actions = { matched: [], notMatched: [], notMatchedBySource: [] };
  #withSchemaEvolution = false;

  /** Use `df.mergeInto(table, condition)`. */
  constructor(df: DataFrame, table: string, condition: Column) {
    this.#df = df;
    this.#table = checkText(table, "mergeInto(table)", 'df.mergeInto("events", expr("events.id = id"))');
    this.#condition = conditionOf(condition, "mergeInto")!;
  }

  /** What to do with rows of the target that a row of the source matches. */
  whenMatched(condition?: Column): WhenMatched {
    return new WhenMatched(this, ...this.#when("matched", condition));
  }

  /** What to do with rows of the source that match none of the target. */
  whenNotMatched(condition?: Column): WhenNotMatched {
    return new WhenNotMatched(this, ...this.#when("notMatched", condition));
  }

  /** What to do with rows of the target that no row of the source matches. */
  whenNotMatchedBySource(condition?: Column): WhenNotMatchedBySource {
    return new WhenNotMatchedBySource(this, ...this.#when("notMatchedBySource", condition));
  }

  /** Lets the table get columns that only the source has. */
  withSchemaEvolution(): this {
    this.#withSchemaEvolution = true;
    return this;
  }

  /** Runs it. @throws PlanError when nothing was said to be done */
  merge(): Job<void> {
    const actions = structuredCopy(this.#actions);
    if (Object.values(actions).every((list) => list.length === 0)) {
      throw new PlanError(
        `merge() into ${this.#table} has nothing to do.`,
        "Say what: .whenMatched().updateAll().whenNotMatched().insertAll().merge()",
      );
    }
    const args = {
      targetTableName: this.#table,
      condition: this.#condition,
      withSchemaEvolution: this.#withSchemaEvolution,
      ...actions,
    };
    return this.#df.command(async (client, signal, input) => {
      await client.command(mergeInto({ ...args, source: input }), { signal });
    });
  }

  [inspect.custom](): string {
    return `MergeIntoWriter { ${this.#table} }`;
  }

  #when(kind: Kind, condition: Column | undefined): [Expression[], Expression | undefined] {
    return [this.#actions[kind], condition === undefined ? undefined : conditionOf(condition, kind)];
  }
}

function structuredCopy(actions: Actions): Actions {
  return {
    matched: [...actions.matched],
    notMatched: [...actions.notMatched],
    notMatchedBySource: [...actions.notMatchedBySource],
  };
}

function conditionOf(condition: unknown, method: string): Expression {
  if (condition instanceof Column) return condition.expression;
  throw new PlanError(
    `${method}() was given ${condition === null ? "null" : typeof condition} as its condition.`,
    'Pass a Column: expr("events.id = changes.id"), or col("n").gt(1)',
  );
}

function assigned(assignments: Assignments, method: string): [Expression, Expression][] {
  if (typeof assignments !== "object" || assignments === null) {
    throw new PlanError(
      `${method}() was given ${assignments === null ? "null" : typeof assignments}.`,
      `Pass columns by name: .${method}({ n: col("changes.n") })`,
    );
  }
  return Object.entries(assignments).map(([name, value]) => {
    if (!(value instanceof Column)) {
      throw new PlanError(
        `${method}() was given ${value === null ? "null" : typeof value} for "${name}".`,
        `Pass a Column: { ${name}: lit(1) } for a constant, { ${name}: col("changes.${name}") } for a column`,
      );
    }
    return [sqlText(name), value.expression];
  });
}
