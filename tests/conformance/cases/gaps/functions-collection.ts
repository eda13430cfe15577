// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "gives other values": [
      'df([[[], [1], 1], [null, [1], 1], [[1, null, 2, 2], [null, 2], -1], [[5], null, null], [[-1, 0], [], 3]], "a array<int>, b array<int>, n int").select(F.arrayContains("a", F.col("n")))',
    ],
    "names the column otherwise": [
      '.select(F.sequence("a", "b", F.expr("INTERVAL 1 MONTH")))',
      '.select(F.struct("`a.b`"), F.struct(F.col("`a.b`").alias("x y")))',
    ],
    "refuses these arguments": [
      'df([[[], [1], 1], [null, [1], 1], [[1, null, 2, 2], [null, 2], -1], [[5], null, null], [[-1, 0], [], 3]], "a array<int>, b array<int>, n int").select(F.arrayInsert("a", "n", F.lit(null)))',
      '.select(F.hash("a", "n"))',
      '.select(F.concat("b", "b"), F.reverse("b"))',
      '.select(F.struct("*"), F.array("*"))',
    ],
    "takes fewer arguments": ['.select(F.size(F.shuffle("a", 3)))'],
  },
  otherErrors: [
    'df([[[], [1], 1], [null, [1], 1], [[1, null, 2, 2], [null, 2], -1], [[5], null, null], [[-1, 0], [], 3]], "a array<int>, b array<int>, n int").select(F.arraySort("a", (x, y) => y.minus(x)).alias("r"))',
    '.select(F.arraySort("a", (x, y) => F.length(x).minus(F.length(y))).alias("r"))',
  ],
};
