import { type CaseEntry, differs, gap } from "../recorded/case.ts";

export const cases: readonly CaseEntry[] = [
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").count())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").filter("n > 100").count())',
  'value(df([], "n int").count())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").first())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").head())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").head(2))',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").take(1))',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").tail(1))',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").tail(0))',
  'value(df([], "n int").first())',
  'value(df([], "n int").head())',
  'value(df([], "n int").take(3))',
  [
    'value(df([], "n int").isEmpty())',
    differs("plan", "one row with its columns is asked for, not one without"),
  ],
  [
    'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").isEmpty())',
    differs("plan", "one row with its columns is asked for, not one without"),
  ],
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").columns())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").dtypes())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").schema())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").isLocal())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").isStreaming())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").orderBy("who").collect())',
  'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").select("n").orderBy("n").collect())',
  'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").show())',
  [
    'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").show(2))',
    gap("sail", "other values"),
  ],
  [
    'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").show(2, false))',
    gap("sail", "other values"),
  ],
  [
    'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").show(2, 3))',
    gap("sail", "other values"),
  ],
  [
    'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").show({ "n": 1, "truncate": false, "vertical": true }))',
    gap("client", "PlanError: show() was given [object Object]."),
  ],
  [
    'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").show(1, true, true))',
    gap("sail", "other values"),
  ],
  'printed(df([], "a int, b string").show())',
  'printed(df([["é😀名前", 1]], "s string, n int").show())',
  'printed(df([["a long text of more than twenty characters"]], "s string").show())',
  'printed(df([["a long text of more than twenty characters"]], "s string").show(20, 10))',
  [
    'printed(df([[[1, 2], map([["k", null]]), row(1, "x")]], "a array<int>, m map<string, int>, s struct<p: int, q: string>").show({ "truncate": false }))',
    gap("client", "PlanError: show() was given [object Object]."),
  ],
  [
    'printed(df([[ts("2020-01-01T00:00:00.5Z"), date("0001-01-01"), dec("1.20"), bytes("00ff"), -0, nan]], "t timestamp, d date, c decimal(5,2), b binary, z double, n double").show({ "truncate": false }))',
    gap("client", "PlanError: show() was given [object Object]."),
  ],
  'printed(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").printSchema())',
  'printed(df([[row(1, [row("x")]), map([["a", 1]])]], "s struct<a: int, b: array<struct<c: string>>>, m map<string, int>").printSchema())',
  'printed(df([[row(1, [row("x")])]], "s struct<a: int, b: array<struct<c: string>>>").printSchema(1))',
  'printed(df([[1]], "n int not null").printSchema())',
  'printed(df([[1]], "`a.b c` int").printSchema())',
  [
    'value(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double").sameSemantics(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double")))',
    gap("sail", "UNSUPPORTED_FEATURE: Sail can''t do t…"),
  ],
  [
    'use(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double"), (d) => value(d.sameSemantics(d)))',
    gap("sail", "UNSUPPORTED_FEATURE: Sail can''t do t…"),
  ],
  [
    'use(df([["ann", 3, 1.5], ["bob", null, nan], ["cy\\n", -1, 0]], "who string, n int, d double"), (d) => value(d.select("n").sameSemantics(d.select("n"))))',
    gap("sail", "UNSUPPORTED_FEATURE: Sail can''t do t…"),
  ],
  "value(spark.range(3).inputFiles())",
  'value(spark.range(10).agg(F.max("id")).first())',
];
