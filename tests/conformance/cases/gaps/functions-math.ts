// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "gives another last digit or sign of zero": [
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.acosh("i"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.atan2("d", "i"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.atan2("d", 2))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.bround("d"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.cbrt("d"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.ln("i"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.log(2, "i"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.log1p("d"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.sign("d"))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.sin("d"))',
    ],
    "gives another type": ['.select(F.round("c"))'],
    "gives other values": [
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.conv("i", 10, 2))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.widthBucket("d", F.lit(0), F.lit(10), 5))',
      '.select(F.conv("s", 16, 10), F.conv("s", 36, -10))',
    ],
    "refuses these arguments": [
      '.select(F.bround("c", 1))',
      'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.conv("l", 10, 16))',
      '.select(F.tryAdd("i", "l"))',
      '.select(F.trySubtract("c", "i"))',
      '.select(F.shiftrightunsigned("l", 1))',
      '.select(F.conv("l", 10, 36))',
      'df([[21], [-1]], "i int").select(F.factorial("i"))',
      '.select(F.sqrt("s"), F.abs("s"), F.pow("s", 2), F.ceil("s"))',
    ],
  },
  otherErrors: [
    'df([[0, nan, 0, dec("0.00")], [null, null, null, null], [-7, -2.5, -1, dec("-1.45")], [1, -0, 2, dec("99999999.99")], [3, inf, 5, dec("0.05")], [2, 0.1, 64, dec("1.00")]], "i int, d double, l bigint, c decimal(10,2)").select(F.pmod("i", "l"))',
    '.select(F.greatest("i", "s"))',
    '.select(F.pmod("a", "b"))',
  ],
};
