// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "doesn't refuse what Spark refuses": ['.select(F.elt(F.lit(5), "s"))'],
    "gives other values": [
      'df([["", "", 0], [null, "a", 1], ["a", null, null], ["héllo wörld 🎉", "ö", 2], [" pad ", " ", 1], ["AbC1-2", "b", 100]], "s string, t string, n int").select(F.isValidUtf8("s"))',
      'df([["", "", 0], [null, "a", 1], ["a", null, null], ["héllo wörld 🎉", "ö", 2], [" pad ", " ", 1], ["AbC1-2", "b", 100]], "s string, t string, n int").select(F.locate("a", "s", { "pos": 0 }))',
      'df([["", "", 0], [null, "a", 1], ["a", null, null], ["héllo wörld 🎉", "ö", 2], [" pad ", " ", 1], ["AbC1-2", "b", 100]], "s string, t string, n int").select(F.mask("s", F.lit("Q"), F.lit("q"), F.lit("d"), F.lit("o")))',
      'df([["", "", 0], [null, "a", 1], ["a", null, null], ["héllo wörld 🎉", "ö", 2], [" pad ", " ", 1], ["AbC1-2", "b", 100]], "s string, t string, n int").select(F.position("t", "s", F.lit(2)))',
      'df([["", "", 0], [null, "a", 1], ["a", null, null], ["héllo wörld 🎉", "ö", 2], [" pad ", " ", 1], ["AbC1-2", "b", 100]], "s string, t string, n int").select(F.substring("s", F.col("n"), F.lit(2)))',
      'df([["", "", 0], [null, "a", 1], ["a", null, null], ["héllo wörld 🎉", "ö", 2], [" pad ", " ", 1], ["AbC1-2", "b", 100]], "s string, t string, n int").select(F.tryToBinary("s", F.lit("base64")))',
      '.select(F.upper("s"), F.lower("s"), F.initcap("s"), F.length(F.upper("s")))',
    ],
    "has no function collate": ['.select(F.collate("s", "UTF8_LCASE").eq("SPARK SQL"))'],
    "has no function collation": ['.select(F.collation("s"))'],
    "names the column otherwise": [
      '.select(F.toChar("b", F.lit("hex")))',
      '.select(F.toVarchar("b", F.lit("base64")))',
      '.select(F.toChar("d", F.lit("$99.99")), F.toVarchar("d", F.lit("99.99MI")))',
      '.select(F.toChar("d", F.lit("yyyy/MM")), F.toVarchar("d", F.lit("E")))',
    ],
    "refuses bytes that are no UTF-8": [
      '.select(F.isValidUtf8(F.col("b").cast("string")).alias("r"))',
      '.select(F.makeValidUtf8(F.col("b").cast("string")).alias("r"))',
      '.select(F.tryValidateUtf8(F.col("b").cast("string")).alias("r"))',
      '.select(F.lpad("b", 7, F.lit(null)))',
      '.select(F.substring("b", 2, 2))',
      '.select(F.overlay("b", F.unhex(F.lit("aa")), 2))',
    ],
    "refuses these arguments": ['.select(F.char("n"))', '.select(F.chr("n"))'],
  },
  otherErrors: [
    '.select(F.validateUtf8(F.col("b").cast("string")).alias("r"))',
    '.select(F.substr("s", "s"))',
  ],
};
