import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { PlanError } from "../connect/plan-error.ts";
import { col, lit } from "./functions/index.ts";
import type { DataFrame } from "./dataframe.ts";
import { StorageLevel } from "./storage-level.ts";
import { Observation } from "./observation.ts";
import { idleFrame, idleSession } from "./test-frame.fixture.ts";
import { LongType, StructType } from "./types.ts";

const df: any = idleFrame();

/** The message of a frame's plan, its own fields only. */
function planOf(frame: DataFrame): Record<string, any> {
  const { case: type, value } = frame.relation.relType;
  return { type, ...(value as object) };
}

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(PlanError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

const attribute = (name: string) => ({
  exprType: { case: "unresolvedAttribute", value: { unparsedIdentifier: name } },
});

describe("columns as properties", () => {
  test("are columns of this plan, by any name", () => {
    for (const name of ["host", "with space", "a.b", "😀", "line\nbreak", "Count", "_id", "123"]) {
      expect(df[name].expression.exprType).toMatchObject({
        case: "unresolvedAttribute",
        value: { unparsedIdentifier: name, planId: df.relation.common.planId },
      });
    }
  });

  test("give way to methods, which have their own names", () => {
    expect(typeof df.count).toBe("function");
    expect(df.col("count").expression.exprType.value.unparsedIdentifier).toBe("count");
  });

  test("`*` is every column of this plan", () => {
    expect(df["*"].expression.exprType).toMatchObject({
      case: "unresolvedStar",
      value: { planId: df.relation.common.planId },
    });
  });

  test("leave await, JSON, printing, equality and instanceof as they are", async () => {
    expect(await df).toBe(df);
    expect(JSON.stringify({ df })).toBe('{"df":"DataFrame {}"}');
    expect(inspect([df])).toBe("[ DataFrame {} ]");
    expect(df).toEqual(df);
    expect(df instanceof Object).toBe(true);
    expect([df.then, df.asymmetricMatch, df.$$typeof, df.nodeType, df["@@__IMMUTABLE_LIST__@@"]]).toEqual(
      new Array(5).fill(undefined),
    );
    expect(String(df)).toBe("[object Object]");
  });

  test("a name that is a method's but for underscores and capitals is refused with the right one", () => {
    expect(refusal(() => df.group_by("s"))).toBe(
      "DataFrame has no member `group_by`: here it is called `groupBy`.\n" +
        'Use .groupBy, or for a column of that name: col("group_by").',
    );
    expect(refusal(() => df.todf("s"))).toContain("here it is called `toDF`");
    expect(() => df.colect()).toThrow("df.colect is not a function");
  });

  test("fields of structs follow them", () => {
    expect(df.person.first.expression.exprType).toMatchObject({
      case: "unresolvedExtractValue",
      value: { extraction: { exprType: { value: { literalType: { case: "string", value: "first" } } } } },
    });
    expect(df.list[0].expression.exprType.value.extraction.exprType.value.literalType).toEqual({
      case: "integer",
      value: 0,
    });
  });
});

describe("rows and columns", () => {
  test("select and groupBy take one array too", () => {
    expect(planOf(df.select(["s", "n"])).expressions).toMatchObject([attribute("s"), attribute("n")]);
    expect(planOf(df.groupBy(["s"]).count()).groupingExpressions).toMatchObject([attribute("s")]);
  });

  test("withMetadata keeps an object as JSON", () => {
    const [alias] = planOf(df.withMetadata("n", { unit: "ms" })).aliases;
    expect(alias).toMatchObject({ name: ["n"], metadata: '{"unit":"ms"}' });
    expect(refusal(() => df.withMetadata("n", "ms"))).toBe(
      'withMetadata() was given "ms" as metadata.\nPass an object: df.withMetadata("n", { unit: "s" })',
    );
  });

  test("withColumn wants a Column, and says how to make one", () => {
    expect(refusal(() => df.withColumn("x", 1))).toBe(
      "withColumn() was given 1 as the column.\n" +
        'Pass a Column; lit() makes one of a value: df.withColumn("kib", col("bytes").divide(1024))',
    );
    expect(refusal(() => df.withColumns({}))).toContain("withColumns() was given an object.");
    expect(refusal(() => df.withColumnsRenamed([["a", "b"]]))).toContain(
      "withColumnsRenamed() was given an array.",
    );
    expect(refusal(() => df.withColumnRenamed("a"))).toContain("withColumnRenamed() was given nothing.");
  });

  test("orderBy takes directions for all or for each, and places", () => {
    const directions = (frame: DataFrame) => planOf(frame).order.map((each: any) => each.direction);
    expect(directions(df.orderBy("s", "n"))).toEqual([1, 1]);
    expect(directions(df.orderBy("s", "n", { ascending: false }))).toEqual([2, 2]);
    expect(directions(df.orderBy(["s", "n"], { ascending: [true, false] }))).toEqual([1, 2]);
    expect(planOf(df.sortWithinPartitions("s")).isGlobal).toBe(false);
    expect(planOf(df.orderBy(-1)).type).toBeUndefined();
    expect(refusal(() => df.orderBy())).toContain("orderBy() was given no columns.");
    expect(refusal(() => df.orderBy(0))).toContain("orderBy() was given 0.");
    expect(refusal(() => df.orderBy("s", { ascending: [true, false] }))).toContain(
      "1 columns and 2 directions",
    );
    expect(refusal(() => df.orderBy("s", { ascending: "no" }))).toContain('was given "no" as ascending.');
    expect(refusal(() => df.orderBy("s", { descending: true }))).toContain("has no option `descending`");
  });

  test("sample takes PySpark's three ways", () => {
    expect(planOf(df.sample(0.5, 7))).toMatchObject({ upperBound: 0.5, withReplacement: false, seed: 7n });
    expect(planOf(df.sample(true, 2, 7))).toMatchObject({ upperBound: 2, withReplacement: true, seed: 7n });
    expect(planOf(df.sample({ fraction: 0.1, seed: 7 }))).toMatchObject({ upperBound: 0.1, seed: 7n });
    expect(refusal(() => df.sample(1.5))).toBe(
      "sample() was given the fraction 1.5.\nPass one from 0 to 1: df.sample(0.1)",
    );
    expect(refusal(() => df.sample(NaN))).toContain("the fraction NaN");
    expect(refusal(() => df.sample(0.5, 1.5))).toContain("1.5 as seed");
    expect(refusal(() => df.sample({ fraktion: 1 }))).toContain("Did you mean `fraction`?");
  });

  test("randomSplit makes ranges next to each other, of one seed", () => {
    const parts = df.randomSplit([3, 1], 9).map(planOf);
    expect(parts).toMatchObject([
      { lowerBound: 0, upperBound: 0.75, seed: 9n, deterministicOrder: true },
      { lowerBound: 0.75, upperBound: 1, seed: 9n, deterministicOrder: true },
    ]);
    for (const weights of [[], [0, 0], [-1, 2], [NaN], "3", undefined]) {
      expect(refusal(() => df.randomSplit(weights))).toContain(
        "not all of them 0: df.randomSplit([0.8, 0.2])",
      );
    }
  });

  test("repartition takes a number, columns, or both", () => {
    expect(planOf(df.repartition(3))).toMatchObject({ type: "repartition", numPartitions: 3, shuffle: true });
    expect(planOf(df.repartition("s")).type).toBe("repartitionByExpression");
    expect(planOf(df.repartition("s")).numPartitions).toBeUndefined();
    expect(planOf(df.repartition(3, "s", col("n")))).toMatchObject({ numPartitions: 3 });
    const [order] = planOf(df.repartitionByRange("n")).partitionExprs;
    expect(order.exprType).toMatchObject({ case: "sortOrder", value: { direction: 1 } });
    expect(planOf(df.repartitionById(2, "n")).partitionExprs[0].exprType.case).toBe(
      "directShufflePartitionId",
    );
    expect(refusal(() => df.repartition(0))).toBe(
      "repartition() was given 0 partitions.\nPass a whole number from 1 up: df.repartition(8)",
    );
    expect(refusal(() => df.repartition())).toContain("repartition() was given nothing.");
    expect(refusal(() => df.repartitionByRange(3))).toContain("repartitionByRange() was given no columns.");
    expect(refusal(() => df.coalesce(1.5))).toContain("coalesce() was given 1.5 partitions.");
    expect(refusal(() => df.coalesce("2" as never))).toContain('coalesce() was given "2" partitions.');
    expect(refusal(() => df.limit("3" as never))).toContain('limit() was given "3".');
  });

  test("hint takes text, numbers, columns and arrays", () => {
    const { name, parameters } = planOf(df.hint("rebalance", 3, col("s"), ["a", 1]));
    expect([name, parameters.map((each: any) => each.exprType.case)]).toEqual([
      "rebalance",
      ["literal", "unresolvedAttribute", "unresolvedFunction"],
    ]);
    expect(refusal(() => df.hint("x", {}))).toContain("hint() was given an object as a parameter.");
  });

  test("dropDuplicates without columns means all; an empty list is refused", () => {
    expect(planOf(df.dropDuplicates())).toMatchObject({ allColumnsAsKeys: true, columnNames: [] });
    expect(planOf(df.dropDuplicatesWithinWatermark(["s"]))).toMatchObject({ withinWatermark: true });
    expect(refusal(() => df.dropDuplicates([]))).toContain("Leave them out for all: df.dropDuplicates()");
    expect(refusal(() => df.dropDuplicates("s"))).toContain('was given "s" as subset');
  });

  test("unpivot takes one column or several, by position or by name", () => {
    const one = planOf(df.unpivot("s", ["n", "d"], "k", "v"));
    expect(one).toMatchObject({ ids: [attribute("s")], variableColumnName: "k", valueColumnName: "v" });
    expect(one.values.values).toMatchObject([attribute("n"), attribute("d")]);
    expect(planOf(df.melt(["s"], null, "k", "v")).values).toBeUndefined();
    expect(refusal(() => df.unpivot(null, null, "k", "v"))).toContain("null as ids");
    expect(refusal(() => df.unpivot("s", null, "k"))).toContain("nothing as valueColumnName");
  });

  test("to takes a schema or DDL", () => {
    for (const schema of ["n bigint", new StructType().add("n", new LongType())]) {
      const { fields } = planOf(df.to(schema)).schema.kind.value;
      expect(fields).toMatchObject([{ name: "n", dataType: { kind: { case: "long" } }, nullable: true }]);
    }
    expect(refusal(() => df.to(3))).toContain("to() was given 3 as schema.");
  });

  test("transform passes arguments on, and wants a DataFrame back", () => {
    expect(planOf(df.transform((frame: DataFrame, n: number) => frame.limit(n), 2)).limit).toBe(2);
    expect(refusal(() => df.transform(() => 3))).toContain("The function given to transform() gave 3.");
    expect(refusal(() => df.transform("x"))).toContain('transform() was given "x".');
  });
});

describe("missing values", () => {
  const literals = (values: any[]) => values.map((each) => each.literalType);

  test("fillna sends whole numbers as longs", () => {
    expect(literals(planOf(df.fillna(0)).values)).toEqual([{ case: "long", value: 0n }]);
    expect(literals(planOf(df.na.fill(0.5, ["d"])).values)).toEqual([{ case: "double", value: 0.5 }]);
    const byName = planOf(df.fillna({ s: "none", n: 3, "a.b": true }));
    expect([byName.cols, literals(byName.values).map((each) => each.case)]).toEqual([
      ["s", "n", "a.b"],
      ["string", "long", "boolean"],
    ]);
    expect(planOf(df.fillna(1, { subset: "n" })).cols).toEqual(["n"]);
    for (const value of [null, undefined, {}, [1], new Date(), { n: null }, 2n ** 64n]) {
      expect(refusal(() => df.fillna(value))).toContain("as value.\nPass text, a number or a boolean");
    }
    expect(refusal(() => df.fillna(1, [2]))).toContain("fillna() was given 2 as subset.");
  });

  test("dropna counts values", () => {
    expect(planOf(df.dropna()).minNonNulls).toBeUndefined();
    expect(planOf(df.na.drop("all")).minNonNulls).toBe(1);
    expect(planOf(df.dropna("any", 2, ["s"]))).toMatchObject({ minNonNulls: 2, cols: ["s"] });
    expect(planOf(df.dropna({ thresh: 2 })).minNonNulls).toBe(2);
    expect(refusal(() => df.dropna("some"))).toContain('dropna() was given "some" as how.');
    expect(refusal(() => df.dropna({ thresh: "2" }))).toContain('dropna() was given "2" as thresh.');
  });

  test("replace sends numbers as doubles, and reads an object's keys as its values are", () => {
    const pairs = (frame: DataFrame) =>
      planOf(frame).replacements.map(({ oldValue, newValue }: any) => [
        oldValue.literalType.value,
        newValue.literalType.case === "null" ? null : newValue.literalType.value,
      ]);
    expect(pairs(df.replace("a", "b"))).toEqual([["a", "b"]]);
    expect(pairs(df.replace(["a", "b"], null))).toEqual([
      ["a", null],
      ["b", null],
    ]);
    expect(pairs(df.na.replace(["a", "b"], ["x", "y"], "s"))).toEqual([
      ["a", "x"],
      ["b", "y"],
    ]);
    expect(pairs(df.replace({ 1: 10, 2: null }))).toEqual([
      [1, 10],
      [2, null],
    ]);
    expect(pairs(df.replace({ "1": "x" }))).toEqual([["1", "x"]]);
    expect(pairs(df.replace({ true: false }))).toEqual([[true, false]]);
    expect(pairs(df.replace(new Map([[1, 2]]), { subset: ["n"] }))).toEqual([[1, 2]]);
    expect(planOf(df.replace(1, 2)).replacements[0].oldValue.literalType.case).toBe("double");
    expect(refusal(() => df.replace("a"))).toContain("replace() was given no value to put in place.");
    expect(refusal(() => df.replace(["a"], [1, 2]))).toContain("1 values to replace and 2 to put in place");
    expect(refusal(() => df.replace("a", 1))).toContain('replace() can\'t replace "a" by 1');
    expect(refusal(() => df.replace([], 1))).toContain("can't replace nothing");
  });
});

describe("statistics", () => {
  test("sampleBy reads an object's whole numbers as numbers", () => {
    const strata = (frame: DataFrame) =>
      planOf(frame).fractions.map((each: any) => each.stratum.literalType.value);
    expect(strata(df.sampleBy("n", { 0: 0.5, 1: 1 }, 3))).toEqual([0, 1]);
    expect(strata(df.sampleBy(col("s"), { a: 0.5, 1: 1 }))).toEqual(["1", "a"]);
    expect(strata(df.stat.sampleBy("s", new Map([["1", 1]]), { seed: 3 }))).toEqual(["1"]);
    expect(refusal(() => df.sampleBy("n", { a: 2 }))).toContain("sampleBy() was given 2 as a share.");
    expect(refusal(() => df.sampleBy("n", 0.1))).toContain("sampleBy() was given 0.1 as fractions.");
  });

  test("wrong arguments of the others are refused", () => {
    expect(refusal(() => df.corr("n"))).toBe(
      'corr() was given nothing as col2.\nPass a column\'s name: df.corr("a", "b")',
    );
    expect(refusal(() => df.corr("n", "d", "spearman"))).toContain('"spearman" as method.\nPass "pearson"');
    expect(refusal(() => df.stat.cov(1, "d"))).toContain("cov() was given 1 as col1.");
    expect(refusal(() => df.crosstab("n", col("d")))).toContain("crosstab() was given a Column as col2.");
    expect(refusal(() => df.approxQuantile("n", [2], 0))).toContain("approxQuantile() was given an array");
    expect(refusal(() => df.approxQuantile("n", [0.5], -1))).toContain("-1 as relativeError");
    expect(refusal(() => df.freqItems("n"))).toContain('freqItems() was given "n" as cols.');
    expect(refusal(() => df.freqItems(["n"], 2))).toContain("2 as support");
    expect(refusal(() => df.describe(3))).toContain("describe() was given 3.");
    expect(refusal(() => df.summary(["min"]))).toContain("summary() was given an array.");
  });
});

describe("groups", () => {
  test("rollup, cube and grouping sets say so", () => {
    expect(planOf(df.rollup("s").count()).groupType).toBe(2);
    expect(planOf(df.cube("s").count()).groupType).toBe(3);
    const sets = planOf(df.groupingSets([["s"], []], "s", "n").count());
    expect([sets.groupType, sets.groupingSets.length, sets.groupingExpressions.length]).toEqual([5, 2, 2]);
    expect(refusal(() => df.groupingSets(["s"], "s"))).toContain(
      "groupingSets() was given an array as groupingSets.",
    );
  });

  test("pivot goes without values, after groupBy alone, and once", () => {
    expect(planOf(df.groupBy("n").pivot("s").agg({ d: "sum" })).pivot.values).toEqual([]);
    const { values } = planOf(df.groupBy("n").pivot("s", ["a", 1, true]).count()).pivot;
    expect(values.map((each: any) => each.literalType.value)).toEqual(["a", 1, true]);
    expect(refusal(() => df.rollup("n").pivot("s"))).toContain("pivot() was called after rollup().");
    expect(refusal(() => df.groupBy("n").pivot("s").pivot("d"))).toContain(
      "pivot() was called after another pivot().",
    );
    expect(refusal(() => df.groupBy("n").pivot("s", "a"))).toContain('pivot() was given "a" as values.');
    expect(refusal(() => df.groupBy("n").pivot("s", [{}]))).toContain(
      "pivot() was given an object among the values.",
    );
  });

  test("agg wants something", () => {
    expect(refusal(() => df.agg())).toContain("agg() was given nothing to compute.");
    expect(refusal(() => df.agg(3))).toContain("agg() was given 3.");
    expect(refusal(() => df.groupBy("s").sum(3))).toContain("sum() was given 3.");
  });
});

describe("joins", () => {
  const other: any = idleFrame(df.sparkSession);

  test("take names, conditions, lists of either, and options", () => {
    expect(planOf(df.join(other))).toMatchObject({ joinType: 1, usingColumns: [] });
    expect(planOf(df.join(other, "s", "LEFT_Outer"))).toMatchObject({ joinType: 3, usingColumns: ["s"] });
    expect(planOf(df.join(other, ["s", "n"], { how: "anti" }))).toMatchObject({ usingColumns: ["s", "n"] });
    expect(planOf(df.join(other, { on: "s", how: "full" }))).toMatchObject({ joinType: 2 });
    const both = planOf(df.join(other, [df.s.eq(other.s), df.n.eq(other.n)]));
    expect(both.joinCondition.exprType.value.functionName).toBe("and");
    expect(planOf(df.crossJoin(other)).joinType).toBe(7);
    expect(refusal(() => df.join(other, "s", "sideways"))).toContain('No join is called "sideways".');
    expect(refusal(() => df.join(other, 3))).toContain("join() was given 3 as on.");
    expect(refusal(() => df.join(other, df.s === other.s))).toContain(
      "JavaScript compared the two columns itself.",
    );
    expect(refusal(() => df.join(3, "s"))).toContain("A DataFrame was expected, not 3.");
    expect(refusal(() => df.union(idleFrame()))).toContain("The two DataFrames are of different sessions.");
  });

  test("lateral and nearest ones check theirs", () => {
    expect(planOf(df.lateralJoin(other, null, "left")).joinType).toBe(3);
    expect(refusal(() => df.lateralJoin(other, null, "right"))).toContain(
      'lateralJoin() was given "right" as how.',
    );
    expect(refusal(() => df.lateralJoin(other, "s"))).toContain('lateralJoin() was given "s" as on.');
    const near = planOf(df.nearestByJoin(other, df.n, 2, "exact", "distance", { joinType: "left" }));
    expect(near).toMatchObject({ numResults: 2, mode: "exact", direction: "distance", joinType: "left" });
    expect(refusal(() => df.nearestByJoin(other, df.n, 0, "exact", "distance"))).toContain("0 as numResults");
    expect(refusal(() => df.nearestByJoin(other, df.n, 1, "fast", "distance"))).toContain('"fast" as mode');
  });

  test("sets keep or drop duplicates", () => {
    const flags = (frame: DataFrame) => [planOf(frame).setOpType, planOf(frame).isAll];
    expect([flags(df.exceptAll(other)), flags(df.intersectAll(other)), flags(df.unionAll(other))]).toEqual([
      [3, true],
      [1, true],
      [2, true],
    ]);
    expect(planOf(df.unionByName(other, true)).allowMissingColumns).toBe(true);
    expect(refusal(() => df.unionByName(other, 3))).toContain(
      "unionByName() was given 3 as allowMissingColumns.",
    );
  });
});

describe("subqueries", () => {
  test("bring their plan along, under an id that columns can name", () => {
    const inner: any = idleFrame(df.sparkSession).select("n");
    const filtered: any = df.filter(df.n.gt(inner.scalar()));
    const { type, root, references } = planOf(filtered);
    expect(type).toBe("withRelations");
    expect(root.relType.case).toBe("filter");
    expect(references[0]).toBe(inner.relation);
    expect(filtered.n.expression.exprType.value.planId).toBe(filtered.relation.common.planId);
  });

  test("come as exists, in and table arguments too", () => {
    const inner: any = idleFrame(df.sparkSession);
    const kinds = [
      inner.exists(),
      df.n.isin(inner.select("n")),
      inner.asTable().withSinglePartition().orderBy("n"),
    ];
    expect(kinds.map((each) => each.expression.exprType.value.subqueryType)).toEqual([2, 4, 3]);
    expect(refusal(() => inner.asTable().orderBy("n"))).toContain("a table that isn't partitioned");
    expect(refusal(() => inner.asTable().partitionBy("n").withSinglePartition())).toContain(
      "partitioned already",
    );
  });
});

describe("kept and observed rows", () => {
  test("wrong arguments are refused", () => {
    expect(refusal(() => df.persist("disk"))).toContain('persist() was given "disk" as storageLevel.');
    expect(refusal(() => df.unpersist(3))).toContain("unpersist() was given 3 as blocking.");
    expect(refusal(() => df.localCheckpoint("now"))).toContain('localCheckpoint() was given "now" as eager.');
    expect(refusal(() => df.observe("x"))).toContain("observe() was given nothing as exprs.");
    expect(refusal(() => df.observe("x", 3))).toContain("observe() was given 3 as exprs.");
    expect(refusal(() => df.observe(3, lit(1)))).toContain("observe() was given 3 as observation.");
    expect(refusal(() => (idleFrame(idleSession("sail")) as any).observe("x", lit(1)))).toContain(
      "Sail has nobody to tell metrics with a name.",
    );
  });

  test("an observation is for one plan, and doesn't let wait for ever", async () => {
    const seen = new Observation("seen");
    await expect(seen.get).rejects.toThrow("This Observation observes nothing.");
    expect(planOf(df.observe(seen, lit(1).alias("one")))).toMatchObject({
      type: "collectMetrics",
      name: "seen",
    });
    await expect(seen.get).rejects.toThrow("No action has run on the observed DataFrame.");
    expect(refusal(() => df.observe(seen, lit(1)))).toContain("observes a DataFrame already");
    expect(refusal(() => new Observation(""))).toContain('Observation() was given "".');
  });

  test("storage levels print as Spark's do", () => {
    expect(String(StorageLevel.MEMORY_AND_DISK_DESER)).toBe("Disk Memory Deserialized 1x Replicated");
    expect(StorageLevel.DISK_ONLY_2.equals(new StorageLevel(true, false, false, false, 2))).toBe(true);
    expect(refusal(() => new StorageLevel(true, false, false, false, 0))).toContain("0 as replication");
  });
});

test("explain, printSchema and views check what they are given", () => {
  expect(refusal(() => df.explain("loud"))).toContain('explain() was given "loud" as mode.');
  expect(refusal(() => df.explain({ extended: true, mode: "cost" }))).toContain("extended and mode");
  expect(refusal(() => df.printSchema(-1))).toContain("printSchema() was given -1 as level.");
  expect(refusal(() => df.createGlobalTempView(""))).toContain('createGlobalTempView() was given "".');
  expect(refusal(() => df.show("5"))).toContain('show() was given "5" as n.');
  expect(refusal(() => df.show(5, "no"))).toContain('show() was given "no" as truncate.');
  expect(refusal(() => df.show({ rows: 5 }))).toContain("show() has no option `rows`");
});
