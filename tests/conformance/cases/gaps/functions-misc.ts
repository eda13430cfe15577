// What Sail gives otherwise than Spark in these cases.
import type { SailGaps } from "../../recorded/with-gaps.ts";

export const sailGaps: SailGaps = {
  gaps: {
    "doesn't refuse what Spark refuses": [
      '.select(F.fromJson("j", "a int", { "mode": "FAILFAST" }))',
      '.select(F.parseUrl("u", F.lit("HOST")))',
      '.select(F.variantGet(F.parseJson("j"), "$.a", "int"))',
    ],
    "gives other values": [
      '.select(F.toJson(F.struct("a", "s"), { "ignoreNullFields": "false" }))',
      'df([[null, 0, nan, null], [0, null, -0, ""], [5, 5, inf, "é"], [null, null, null, "NULL"]], "a int, b int, d double, s string").select(F.toVariantObject(F.struct("a", "s")).cast("string").alias("r"))',
      '.select(F.hex(F.aesEncrypt("s", "k", F.lit("ECB"), F.lit("PKCS"))), F.aesDecrypt(F.aesEncrypt("s", "k", F.lit("CBC")), "k", F.lit("CBC")).cast("string"))',
      '.select(F.fromJson("j", "a int", { "allowNumericLeadingZeros": "true" }), F.fromJson("j", "a int"))',
      '.select(F.parseJson("j").cast("string"), F.schemaOfVariant(F.parseJson("j")))',
    ],
    "has no function current_path": [
      '.select(F.currentCatalog(), F.currentDatabase(), F.currentSchema(), F.currentPath().isNotNull(), F.currentUser().eq(F.user()), F.sessionUser().isNotNull(), F.version().startsWith("4."))',
    ],
    "has no function input_file_block_length": [".select(F.inputFileBlockLength())"],
    "has no function input_file_block_start": [".select(F.inputFileBlockStart())"],
    "has no function input_file_name": [".select(F.inputFileName())"],
    "has no function is_valid_variant": [
      '.select(F.isVariantNull(F.parseJson("j")), F.isValidVariant(F.parseJson("j")))',
    ],
    "has no function java_method": [
      '.select(F.javaMethod(F.lit("java.lang.Integer"), F.lit("toString"), F.lit(7)), F.reflect(F.lit("java.lang.Math"), F.lit("abs"), F.lit(-3)))',
    ],
    "has no function schema_of_xml": [
      '.select(F.schemaOfXml("<p><a>1</a></p>"), F.schemaOfXml(F.lit("<p><a>x</a></p>"), { "excludeAttribute": "true" }))',
    ],
    "has no function st_setsrid": [
      '.select(F.stSrid(F.stSetsrid(F.stGeomfromwkb(F.unhex(F.lit("0101000000000000000000F03F0000000000000040"))), F.lit(3857))), F.stSrid(F.stGeomfromwkb(F.unhex(F.lit("0101000000000000000000F03F0000000000000040")), 4326)))',
    ],
    "has no function st_srid": [
      '.select(F.stSrid(F.stGeogfromwkb(F.unhex(F.lit("0101000000000000000000F03F0000000000000040")))), F.hex(F.stAsbinary(F.stGeomfromwkb(F.unhex(F.lit("0101000000000000000000F03F0000000000000040"))))))',
    ],
    "has no function try_reflect": [
      '.select(F.tryReflect(F.lit("java.lang.Integer"), F.lit("valueOf"), "s"))',
    ],
    "has no function unwrap_udt": ['.select(F.unwrapUdt("n"))'],
    "names the column otherwise": ['.select(F.toXml(F.struct("a", "s"), { "rowTag": "person" }))'],
    "refuses these arguments": [
      '.select(F.aesDecrypt(F.aesEncrypt("s", "k"), "k").cast("string"))',
      '.select(F.tryAesDecrypt(F.encode("s", "UTF-8"), "k"), F.tryAesDecrypt(F.aesEncrypt("s", "k"), "k").cast("string"))',
      '.select(F.fromCsv("c", "a int, b string"))',
      '.select(F.fromXml("x", new T.StructType().add("a", new T.StringType())), F.fromXml("x", "a string", { "mode": "PERMISSIVE" }))',
    ],
    "takes fewer arguments": [".select(F.uuid(3).eq(F.uuid(3)), F.length(F.uuid(F.lit(1))))"],
  },
  otherErrors: [
    '.select(F.assertTrue(F.col("id").gt(0), "too small"))',
    '.select(F.raiseError("my message"))',
    '.select(F.raiseError(F.lit("other")))',
    '.select(F.aesDecrypt(F.encode("s", "UTF-8"), "k"))',
  ],
};
