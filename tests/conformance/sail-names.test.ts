// What the client calls a column that it sends to Sail in other words, against the names recorded from Spark.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DataFrame, SparkSession } from "../../runtime/index.ts";
import type { Relation } from "../../runtime/plan/relation.ts";
import { sparkName } from "../../runtime/sql/sail/spark-name.ts";
import { evaluate } from "./recorded/evaluate.ts";
import { loadAreas } from "./recorded/golden.ts";

const areas = await loadAreas();
let spark: SparkSession;

beforeAll(async () => {
  spark = await SparkSession.builder.remote("sail").getOrCreate();
});
afterAll(() => spark?.stop());

describe.each(areas.filter(({ name }) => /^functions-|^column$/.test(name)))(
  "names in $name",
  ({ cases, goldens }) => {
    test("are Spark's, or left to the engine", async () => {
      const others: unknown[] = [];
      for (const { text } of cases) {
        const names = namesOf(goldens.get(text)?.schema);
        if (!names || text.includes("steps(")) continue;
        const result = await evaluate(text, spark).catch(() => undefined);
        const expressions = result instanceof DataFrame ? expressionsOf(result.relation) : [];
        if (expressions.length !== names.length) continue;
        for (const [i, expression] of expressions.entries()) {
          const name = sparkName(expression);
          if (name !== undefined && name !== names[i]) others.push([text.slice(-120), name, names[i]]);
        }
      }
      expect(others).toEqual([]);
    });
  },
);

function expressionsOf({ relType }: Relation) {
  if (relType.case === "project") return relType.value.expressions;
  if (relType.case !== "aggregate") return [];
  return [...relType.value.groupingExpressions, ...relType.value.aggregateExpressions];
}

function namesOf(schema: unknown): string[] | undefined {
  const { fields } = (schema ?? {}) as { fields?: { name: string }[] };
  return fields?.map(({ name }) => name);
}
