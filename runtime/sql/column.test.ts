import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { PlanError } from "../connect/plan-error.ts";
import { col, lit, struct, when } from "./functions/index.ts";
import { DecimalType, LongType } from "./types.ts";
import { Window } from "./window.ts";

const n: any = col("n");

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(PlanError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

const value = (column: any) => column.expression.exprType.value;

describe("a Column", () => {
  test("takes metadata, or several names", () => {
    expect(value(n.alias("m", { metadata: { unit: "ms" } }))).toMatchObject({
      name: ["m"],
      metadata: '{"unit":"ms"}',
    });
    expect(value(n.alias("a", "b")).name).toEqual(["a", "b"]);
    expect(value(n.alias("")).name).toEqual([""]);
    expect(refusal(() => n.alias())).toContain("alias() was given nothing.");
    expect(refusal(() => n.alias("a", "b", { metadata: {} }))).toContain("metadata and several names");
    expect(refusal(() => n.alias("a", { meta: {} }))).toContain("Did you mean `metadata`?");
    expect(refusal(() => n.alias("a", { metadata: 3 }))).toContain("alias() was given 3 as metadata.");
  });

  test("is cast to types as messages, and to names as text; tryCast says so", () => {
    expect(value(n.cast(new LongType())).castToType).toMatchObject({
      case: "type",
      value: { kind: { case: "long" } },
    });
    expect(value(n.cast(new DecimalType(10, 2))).castToType.value.kind.value).toMatchObject({
      precision: 10,
      scale: 2,
    });
    expect(value(n.cast("int"))).toMatchObject({
      castToType: { case: "typeStr", value: "int" },
      evalMode: 0,
    });
    expect(value(n.tryCast("int")).evalMode).toBe(3);
    expect(refusal(() => n.cast(3))).toBe('cast() was given 3.\nPass a type: col("n").cast("int")');
    expect(refusal(() => n.tryCast(""))).toContain('tryCast() was given "".');
  });

  test("has bits and powers", () => {
    expect(
      [n.bitwiseAND(1), n.bitwiseOR(1), n.bitwiseXOR(1), n.pow(2), n.isNaN()].map(
        (c) => value(c).functionName,
      ),
    ).toEqual(["&", "|", "^", "power", "isNaN"]);
  });

  test("isin takes values, an array or a Set", () => {
    for (const column of [n.isin(1, 2), n.isin([1, 2]), n.isin(new Set([1, 2]))]) {
      expect(
        value(column)
          .arguments.slice(1)
          .map((each: any) => each.exprType.value.literalType.value),
      ).toEqual([1, 2]);
    }
    expect(value(n.isin()).arguments).toHaveLength(1);
  });

  test("substr wants two of a kind", () => {
    expect(value(n.substr(1, 2)).functionName).toBe("substr");
    expect(refusal(() => n.substr(1, lit(2)))).toContain("substr() was given a number and a Column.");
    expect(refusal(() => n.substr(1))).toContain("substr() was given nothing as length.");
  });

  test("changes fields of structs", () => {
    const person: any = col("person");
    expect(value(person.withField("a.b", lit(1)))).toMatchObject({ fieldName: "a.b" });
    expect(value(person.dropFields("a", "b"))).toMatchObject({ fieldName: "b" });
    expect(refusal(() => person.withField("a", 1))).toContain("withField() was given 1 as column.");
    expect(refusal(() => person.dropFields())).toContain("dropFields() was given nothing.");
  });

  test("chains branches, which end with otherwise", () => {
    const both = when(n.gt(1), "many").when(n.eq(1), "one").otherwise("none");
    expect(value(both).arguments).toHaveLength(5);
    expect(refusal(() => both.otherwise(1))).toContain("otherwise() was called after otherwise()");
    expect(refusal(() => both.when(n.gt(1), 2))).toContain("when() was called after otherwise()");
    expect(refusal(() => n.otherwise(1))).toContain("otherwise() was called on a column that is no when().");
    expect(refusal(() => when(n.gt(1), 2).when(true as never, 1))).toContain(
      "when() was given true as condition.",
    );
  });

  test("prints near to SQL", () => {
    const window = Window.partitionBy("s").orderBy(col("d").desc());
    expect(inspect(n.gt(1).and(col("s").like("a%")).alias("x"))).toBe(
      "Column<((n > 1) and like(s, 'a%')) AS x>",
    );
    expect(inspect(n.cast("int").over(window))).toBe(
      "Column<CAST(n AS INT) OVER (PARTITION BY s ORDER BY d)>",
    );
    expect(inspect([struct("a").alias("p"), n.getItem(0)])).toBe("[ Column<struct(a) AS p>, Column<n[0]> ]");
  });

  test("refuses PySpark's spelling with ours, and use as a value", () => {
    expect(refusal(() => n.asc_nulls_last())).toContain(
      "Column has no member `asc_nulls_last`: here it is called `ascNullsLast`.",
    );
    expect(refusal(() => n.desc_nulls_last())).toContain("`descNullsLast`");
    expect(() => n + 1).toThrow("A Column has no value here");
    expect(refusal(() => n.over("s"))).toContain('over() was given "s".');
    expect(refusal(() => n.transform(3))).toContain("transform() was given 3.");
  });
});

test("text's ends have PySpark's spelling too", () => {
  expect(inspect(col("s").startswith("a"))).toBe(inspect(col("s").startsWith("a")));
  expect(inspect(col("s").endswith("a"))).toBe(inspect(col("s").endsWith("a")));
});

test("between wants both bounds", () => {
  expect(() => col("n").between(1, undefined as never)).toThrow(
    'between() was given nothing as upper.\nPass both bounds: col("n").between(1, 10)',
  );
});
