// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "doesn't refuse what Spark refuses": ['.agg(F.sum("l"))'],
    "gives another type": [
      '.agg(F.percentileApprox("i", 0.5))',
      '.agg(F.approxPercentile("i", 0.5, { "accuracy": 10 }))',
      '.agg(F.maxBy("s", "i", 2))',
      '.agg(F.minBy("i", F.col("d"), 2))',
    ],
    "gives other values": [
      '.groupBy("k").agg(F.maxBy("s", "i"))',
      '.groupBy("k").agg(F.histogramNumeric("i", F.lit(3)))',
      '.agg(F.percentile("i", 0.5, F.col("d").cast("int").isNotNull().cast("int")).alias("r"))',
      '.agg(F.percentile("d", F.lit(0.9), 2))',
    ],
    "names the column otherwise": [
      '.agg(F.sortArray(F.arrayAgg("i")))',
      '.select("k", F.sum("v").over(W.partitionBy("k")), F.count("*").over(W.orderBy("k")).alias("r"))',
    ],
    "takes fewer arguments": [
      '.agg(F.approxCountDistinct("i", 0.1))',
      '.agg(F.percentileApprox("i", [0.1, 0.9], 100))',
    ],
  },
  otherErrors: [],
};
