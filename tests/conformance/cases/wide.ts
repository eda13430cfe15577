import { type CaseEntry } from "../recorded/case.ts";

export const cases: readonly CaseEntry[] = [
  'df([[1]], "n int").select(each(1000, (i) => F.lit(i).alias(name("c", i))))',
  'df([[1]], "n int").select(...each(300, (i) => F.col("n").plus(i).alias(name("c", i)))).select("c0", "c299")',
  'spark.createDataFrame([each(1000, (i) => i)], new T.StructType(each(1000, (i) => new T.StructField(name("c", i), new T.IntegerType()))))',
  'spark.createDataFrame([each(1000, (i) => i)], new T.StructType(each(1000, (i) => new T.StructField(name("c", i), new T.IntegerType())))).select("c999", "c0")',
  'spark.createDataFrame([each(500, (i) => i)], new T.StructType(each(500, (i) => new T.StructField(name("c", i), new T.IntegerType())))).drop(...each(498, (i) => name("c", i)))',
  'spark.createDataFrame([each(300, (i) => i)], new T.StructType(each(300, (i) => new T.StructField(name("c", i), new T.IntegerType())))).agg(...each(300, (i) => F.sum(name("c", i))))',
  'df(each(2000, (i) => [i, name("s", i)]), "n int, s string").agg(F.sum("n"), F.max("s"))',
  'df(each(2000, (i) => [i, name("s", i)]), "n int, s string").filter("n > 1995").orderBy("n")',
  'df([[name(...each(1000, (i) => "0123456789"))]], "s string").select(F.length("s"), F.md5("s"))',
  'df([[each(5000, (i) => i)]], "xs array<int>").select(F.size("xs").alias("n"), F.elementAt("xs", -1).alias("last"))',
  'df([[1]], "n int").filter(F.col("n").isin(each(500, (i) => i)))',
  'spark.range(1000).repartition(7).agg(F.count("*"), F.sum("id"))',
  'spark.range(100000).groupBy(F.col("id").mod(10).alias("k")).agg(F.count("*").alias("c"), F.max("id").alias("m")).orderBy("k")',
  'spark.range(100000).select(F.sum(F.col("id").mod(7)).alias("s"))',
  'spark.range(1000).orderBy(F.desc("id")).limit(3)',
  'spark.range(1000).crossJoin(spark.range(100).toDF("j")).agg(F.count("*"))',
  'spark.range(1000).select(F.col("id").cast("string").alias("s")).agg(F.max("s"), F.min("s"))',
];
