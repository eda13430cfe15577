// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "doesn't refuse what Spark refuses": ['.select(F.slice("a", 0, 1))'],
    "gives other values": [
      'df([[[], [1], 1], [null, [1], 1], [[1, null, 2, 2], [null, 2], -1], [[5], null, null], [[-1, 0], [], 3]], "a array<int>, b array<int>, n int").select(F.arrayContains("a", F.col("n")))',
      '.select(F.arrayContains("x", 0.1))',
    ],
    "has no function map_zip_with": [
      '.select(F.mapZipWith("m", "o", (k, x, y) => F.coalesce(x, y)).alias("r"))',
    ],
    "has no function transform_keys": ['.select(F.transformKeys("m", (k, v) => F.upper(k)).alias("r"))'],
    "has no function transform_values": ['.select(F.transformValues("m", (k, v) => v.plus(1)).alias("r"))'],
    "has no function zip_with": [
      '.select(F.zipWith("a", "b", (x, y) => F.coalesce(x, y)).alias("r"))',
      '.select(F.zipWith("a", "b", (x, y) => F.concatWs("_", x, y)).alias("r"))',
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
    "takes fewer arguments": [
      '.select(F.size(F.shuffle("a", 3)))',
      '.select(F.sortArray(F.shuffle("a")).alias("r"))',
    ],
  },
  otherErrors: [
    'df([[[], [1], 1], [null, [1], 1], [[1, null, 2, 2], [null, 2], -1], [[5], null, null], [[-1, 0], [], 3]], "a array<int>, b array<int>, n int").select(F.arraySort("a", (x, y) => y.minus(x)).alias("r"))',
    '.select(F.arraySort("a", (x, y) => F.length(x).minus(F.length(y))).alias("r"))',
  ],
};
