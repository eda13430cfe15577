// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "doesn't refuse what Spark refuses": ['.agg(F.sum("l"))'],
    "gives another type": ['.agg(F.maxBy("s", "i", 2))', '.agg(F.minBy("i", F.col("d"), 2))'],
    "gives other values": [
      '.groupBy("k").agg(F.maxBy("s", "i"))',
      '.groupBy("k").agg(F.histogramNumeric("i", F.lit(3)))',
      '.agg(F.percentile("i", 0.5, F.col("d").cast("int").isNotNull().cast("int")).alias("r"))',
      '.agg(F.percentile("d", F.lit(0.9), 2))',
    ],
    "names the column otherwise": [
      '.select("k", F.sum("v").over(W.partitionBy("k")), F.count("*").over(W.orderBy("k")).alias("r"))',
    ],
  },
  otherErrors: [],
};
