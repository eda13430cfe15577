import { type CaseEntry } from "../recorded/case.ts";
import { over } from "../recorded/over.ts";
import { withGaps } from "../recorded/with-gaps.ts";
import { sailGaps } from "./gaps/functions-sketch.ts";

const rows =
  'df([[1, 1.5, 10], [2, 2.5, 20], [2, null, 30], [null, 4, null], [9, -1, 5]], "i int, d double, v bigint")';
const none = 'df([], "i int, d double, v bigint")';

function kll(kind: string, column: string): string[] {
  const sketch = `F.kllSketchAgg${kind}("${column}")`;
  return [
    `F.kllSketchGetN${kind}(${sketch})`,
    `F.kllSketchGetN${kind}(F.kllSketchAgg${kind}(F.col("${column}"), 100))`,
    `F.kllSketchGetQuantile${kind}(${sketch}, F.lit(0.5))`,
    `F.kllSketchGetRank${kind}(${sketch}, F.lit(2).cast("${{ Bigint: "bigint", Double: "double", Float: "float" }[kind]}")).alias("r")`,
    `F.kllSketchGetN${kind}(F.kllSketchMerge${kind}(${sketch}, ${sketch}))`,
    `F.length(F.kllSketchToString${kind}(${sketch})).gt(10)`,
  ];
}

function tuples(kind: string, column: string): string[] {
  const sketch = `F.tupleSketchAgg${kind}("i", "${column}")`;
  const theta = 'F.thetaSketchAgg("i")';
  return [
    `F.tupleSketchEstimate${kind}(${sketch})`,
    `F.tupleSketchEstimate${kind}(F.tupleSketchAgg${kind}("i", F.col("${column}"), 10, "sum"))`,
    `F.tupleSketchSummary${kind}(${sketch})`,
    `F.tupleSketchSummary${kind}(${sketch}, "max")`,
    `F.tupleSketchTheta${kind}(${sketch})`,
    `F.tupleSketchEstimate${kind}(F.tupleUnion${kind}(${sketch}, ${sketch}))`,
    `F.tupleSketchEstimate${kind}(F.tupleUnion${kind}(${sketch}, ${sketch}, 10, "sum"))`,
    `F.tupleSketchEstimate${kind}(F.tupleIntersection${kind}(${sketch}, ${sketch}))`,
    `F.tupleSketchEstimate${kind}(F.tupleIntersection${kind}(${sketch}, ${sketch}, { "mode": "min" }))`,
    `F.tupleSketchEstimate${kind}(F.tupleDifference${kind}(${sketch}, ${sketch}))`,
    `F.tupleSketchEstimate${kind}(F.tupleUnionTheta${kind}(${sketch}, ${theta}))`,
    `F.tupleSketchEstimate${kind}(F.tupleIntersectionTheta${kind}(${sketch}, ${theta}))`,
    `F.tupleSketchEstimate${kind}(F.tupleDifferenceTheta${kind}(${sketch}, ${theta}))`,
  ];
}

const entries: readonly CaseEntry[] = [
  ...over(
    [rows, none],
    [
      'F.hllSketchEstimate(F.hllSketchAgg("i"))',
      'F.hllSketchEstimate(F.hllSketchAgg("i", 12))',
      'F.hllSketchEstimate(F.hllUnion(F.hllSketchAgg("i"), F.hllSketchAgg("v")))',
      'F.hllSketchEstimate(F.hllUnion(F.hllSketchAgg("i", 12), F.hllSketchAgg("v"), true))',
      'F.thetaSketchEstimate(F.thetaSketchAgg("i"))',
      'F.thetaSketchEstimate(F.thetaSketchAgg("i", 10))',
      'F.thetaSketchEstimate(F.thetaUnion(F.thetaSketchAgg("i"), F.thetaSketchAgg("v")))',
      'F.thetaSketchEstimate(F.thetaUnion(F.thetaSketchAgg("i"), F.thetaSketchAgg("v"), 8))',
      'F.thetaSketchEstimate(F.thetaIntersection(F.thetaSketchAgg("i"), F.thetaSketchAgg("v")))',
      'F.thetaSketchEstimate(F.thetaDifference(F.thetaSketchAgg("i"), F.thetaSketchAgg("v")))',
      ...kll("Bigint", "v"),
      ...kll("Double", "d"),
      ...kll("Float", "d").map((call) => call.replace(/F\.col\("d"\)|"d"/g, 'F.col("d").cast("float")')),
      ...tuples("Double", "d"),
      ...tuples("Integer", "i"),
    ],
    "agg",
  ),
  ...over(
    [
      `${rows}.groupBy("i").agg(F.hllSketchAgg("v").alias("h"), F.thetaSketchAgg("v").alias("t"), F.kllSketchAggBigint("v").alias("b"), F.kllSketchAggDouble("d").alias("d"), F.kllSketchAggFloat(F.col("d").cast("float")).alias("f"), F.tupleSketchAggDouble("i", "d").alias("p"), F.tupleSketchAggInteger("i", "i").alias("q"))`,
    ],
    [
      'F.hllSketchEstimate(F.hllUnionAgg("h"))',
      'F.hllSketchEstimate(F.hllUnionAgg("h", true))',
      'F.thetaSketchEstimate(F.thetaUnionAgg("t"))',
      'F.thetaSketchEstimate(F.thetaUnionAgg("t", 10))',
      'F.thetaSketchEstimate(F.thetaIntersectionAgg("t"))',
      'F.kllSketchGetNBigint(F.kllMergeAggBigint("b"))',
      'F.kllSketchGetNDouble(F.kllMergeAggDouble("d"))',
      'F.kllSketchGetNFloat(F.kllMergeAggFloat("f"))',
      'F.kllSketchGetNBigint(F.kllMergeAggBigint("b", 100))',
      'F.tupleSketchEstimateDouble(F.tupleUnionAggDouble("p"))',
      'F.tupleSketchEstimateDouble(F.tupleUnionAggDouble("p", 10, "sum"))',
      'F.tupleSketchEstimateInteger(F.tupleUnionAggInteger("q"))',
      'F.tupleSketchEstimateDouble(F.tupleIntersectionAggDouble("p"))',
      'F.tupleSketchEstimateInteger(F.tupleIntersectionAggInteger("q", "max"))',
    ],
    "agg",
  ),
  'df([["x"]], "s string").select(F.hllSketchEstimate("s"))',
  'df([[1]], "i int").agg(F.hllSketchAgg("i", 40))',
];

export const cases: readonly CaseEntry[] = withGaps(entries, sailGaps);
