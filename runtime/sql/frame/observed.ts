// observe(): on Spark the engine tells the metrics beside the rows; for the embedded engine a query of their own.
import { PlanError } from "../../connect/plan-error.ts";
import { aggregate } from "../../plan/relation.ts";
import { collectMetrics } from "../../plan/relation-shape.ts";
import type { Expression } from "../../plan/expression.ts";
import { rowsOf } from "../arrow-rows.ts";
import { argumentError } from "../argument-error.ts";
import { Column } from "../column.ts";
import type { DataFrame } from "../dataframe.ts";
import { observedMetrics } from "../execution-info.ts";
import { Observation } from "../observation.ts";
import type { Prerequisite } from "../prerequisite.ts";

/** The frame with its rows observed. */
export function observed(df: DataFrame, observation: unknown, exprs: readonly unknown[]): DataFrame {
  const example = 'df.observe(observation, count(lit(1)).alias("rows"))';
  if (exprs.length === 0) throw argumentError("observe", undefined, `aggregates: ${example}`, "exprs");
  const metrics = exprs.map((expr) => {
    if (expr instanceof Column) return expr.expression;
    throw argumentError("observe", expr, `aggregates: ${example}`, "exprs");
  });
  if (!(observation instanceof Observation) && (typeof observation !== "string" || observation === "")) {
    throw argumentError("observe", observation, `an Observation or a name: ${example}`, "observation");
  }
  const isSail = df.sparkSession.engine.name === "sail";
  if (typeof observation === "string") {
    if (!isSail) return df.derive((input) => collectMetrics(input, observation, metrics));
    throw new PlanError(
      "Sail has nobody to tell metrics with a name.",
      `Pass an Observation: const seen = new Observation("${observation}"); df.observe(seen, …)`,
    );
  }
  observation.attach();
  if (isSail) return df.derive((input) => input).needing(counting(df, observation, metrics));
  return df
    .derive((input) => collectMetrics(input, observation.name, metrics))
    .needing(listening(observation));
}

function listening(observation: Observation): Prerequisite {
  return {
    check: async (_client, purpose) => {
      if (purpose === "run") observation.begin();
    },
    observe: (told) => {
      const mine = told.find(({ name }) => name === observation.name);
      if (mine) observation.settle({ metrics: observedMetrics(mine) });
    },
    end: (failure, purpose) => {
      if (purpose === "run") observation.settle(failure ?? { error: untold(observation.name) });
    },
  };
}

function untold(name: string): PlanError {
  return new PlanError(
    `The engine told no metrics of ${name}: it answered without running the observed rows.`,
    "Observe a DataFrame whose action reads all of it: await df.observe(observation, …).collect()",
  );
}

function counting(df: DataFrame, observation: Observation, aggregates: Expression[]): Prerequisite {
  const counted = aggregate({ input: df.relation, grouping: [], aggregates });
  return {
    check: async (client, purpose) => {
      if (purpose === "ask" || observation.isDone) return;
      observation.begin();
      try {
        for await (const batch of client.batches(counted)) {
          for (const row of rowsOf(batch)) observation.settle({ metrics: row.asDict() });
        }
      } catch (error) {
        observation.settle({ error });
      }
    },
  };
}
