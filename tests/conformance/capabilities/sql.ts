import assert from "node:assert/strict";
import { type Area, capability, knownGap, query, statements } from "./capability.ts";

/** Sail's own list of what its SQL does. */
const sailSql = "https://docs.lakesail.com/sail/latest/guide/sql/features.html";
const events = "VALUES ('a', 'x', 1), ('a', 'y', 2), ('b', 'x', 3) AS events(host, kind, n)";

export const sql: Area = {
  name: "SQL",
  capabilities: [
    capability(
      "`WITH`, subqueries that see the outer row, set operations",
      query(
        `WITH e AS (SELECT * FROM ${events})
         SELECT host FROM e o WHERE EXISTS (SELECT 1 FROM e WHERE e.n = o.n + 1 AND e.host = o.host)
         UNION ALL SELECT host FROM e WHERE n = (SELECT max(n) FROM e) ORDER BY host`,
        [["a"], ["b"]],
      ),
    ),
    capability(
      "Window functions, frames by rows and by range",
      query(
        `SELECT n, row_number() OVER (PARTITION BY host ORDER BY n DESC),
           sum(n) OVER (ORDER BY n RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM ${events} ORDER BY n`,
        [
          [1, 2, 1],
          [2, 1, 3],
          [3, 1, 5],
        ],
      ),
    ),
    capability(
      "`ROLLUP`, `CUBE`, `GROUPING SETS`",
      query(
        `SELECT count(*) FROM (SELECT host, kind, sum(n) FROM ${events} GROUP BY ROLLUP (host, kind))
         UNION ALL SELECT count(*) FROM (SELECT host, kind, sum(n) FROM ${events} GROUP BY CUBE (host, kind))
         UNION ALL SELECT count(*) FROM
           (SELECT host, kind, sum(n) FROM ${events} GROUP BY GROUPING SETS ((host), (kind)))
         ORDER BY 1`,
        [[4], [6], [8]],
      ),
    ),
    capability(
      "`LATERAL VIEW`, `explode`",
      query(`SELECT x FROM (SELECT array(1, 2) AS xs) LATERAL VIEW explode(xs) AS x ORDER BY x`, [[1], [2]]),
    ),
    capability(
      "`UNPIVOT`",
      query(`SELECT k, v FROM (SELECT 1 AS a, 2 AS b) UNPIVOT (v FOR k IN (a, b)) ORDER BY k`, [
        ["a", 1],
        ["b", 2],
      ]),
    ),
    capability(
      "Functions over arrays: `transform`, `filter`, `aggregate`",
      query(
        `SELECT transform(xs, x -> x * 2), filter(xs, x -> x > 1), aggregate(xs, 0, (a, x) -> a + x)
         FROM (SELECT array(1, 2, 3) AS xs)`,
        [[[2, 4, 6], [2, 3], 6]],
      ),
    ),
    capability(
      "`zip_with`",
      query("SELECT zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)", [[[4, 6]]]),
      knownGap("sail", "transform(arrays_zip(a, b), …)", sailSql),
    ),
    capability(
      "JSON and `VARIANT`: `from_json`, `get_json_object`, `try_variant_get`",
      query(
        `SELECT from_json('{"a":1}', 'a int').a, get_json_object('{"a":{"b":2}}', '$.a.b'),
           try_variant_get(parse_json('{"a":3}'), '$.a', 'int')`,
        [[1, "2", 3]],
      ),
    ),
    capability(
      "Windows of time: `window`",
      query(
        `SELECT date_format(window.start, 'HH:mm'), count(*) FROM VALUES (timestamp'2020-01-01 00:03:00'),
           (timestamp'2020-01-01 00:04:00'), (timestamp'2020-01-01 00:07:00') AS t(ts)
         GROUP BY window(ts, '5 minutes') ORDER BY 1`,
        [
          ["00:00", 2],
          ["00:05", 1],
        ],
      ),
    ),
    capability(
      "Windows by pauses: `session_window`",
      query(
        `SELECT count(*) FROM VALUES (timestamp'2020-01-01 00:03:00'), (timestamp'2020-01-01 00:04:00') AS t(ts)
         GROUP BY session_window(ts, '5 minutes')`,
        [[2]],
      ),
      knownGap("sail", "lag() and a running sum", sailSql),
    ),
    capability(
      "Percentiles, approximate counts, sketches",
      query(
        `SELECT percentile(n, 0.5), approx_count_distinct(n), hll_sketch_estimate(hll_sketch_agg(n)) FROM ${events}`,
        [[2, 3, 3]],
      ),
    ),
    capability("Parameters by name and by position", async (spark) => {
      const [named] = await spark.sql("SELECT :text AS t", { text: "a'b" }).collect();
      const [placed] = await spark.sql("SELECT ? + 1 AS n", [41]).collect();
      assert.deepEqual([named.t, placed.n], ["a'b", 42]);
    }),
    capability("Files in `FROM`: parquet.`path`", async (spark, folder) => {
      await spark.range(3).write.parquet(`${folder}/three`);
      assert.equal(await spark.sql(`SELECT * FROM parquet.\`${folder}/three\``).count(), 3);
    }),
    capability(
      "Temp views and global temp views",
      statements(
        [
          "CREATE OR REPLACE TEMP VIEW capability_v AS SELECT 1 AS x",
          "CREATE OR REPLACE GLOBAL TEMP VIEW capability_g AS SELECT x + 1 AS x FROM capability_v",
          "SELECT x FROM global_temp.capability_g",
        ],
        [[2]],
      ),
    ),
    capability(
      "`PIVOT`",
      query(`SELECT * FROM (SELECT * FROM ${events}) PIVOT (sum(n) FOR kind IN ('x', 'y')) ORDER BY host`, [
        ["a", 1, 2],
        ["b", 3, null],
      ]),
      knownGap("sail", "df.groupBy().pivot()", sailSql),
    ),
    capability(
      "Recursive queries: `WITH RECURSIVE`",
      query(
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r ORDER BY n",
        [[1], [2], [3]],
      ),
      knownGap("sail", "not understood", sailSql),
    ),
    capability(
      "`QUALIFY`",
      query(`SELECT n FROM ${events} QUALIFY row_number() OVER (ORDER BY n) = 1`, [[1]]),
      knownGap("sail", "filter a subquery"),
    ),
    capability(
      "`GROUP BY ALL`, `ORDER BY ALL`, `* EXCEPT`",
      query(
        `SELECT * EXCEPT (m) FROM (SELECT host, sum(n), max(n) AS m FROM ${events} GROUP BY ALL) ORDER BY ALL`,
        [
          ["a", 3],
          ["b", 3],
        ],
      ),
      knownGap("sail", "name the columns"),
    ),
    capability(
      "Pipes: `FROM t |> WHERE …`",
      query(`FROM ${events} |> WHERE n > 2 |> SELECT host`, [["b"]]),
      knownGap("sail", "not understood"),
    ),
    capability(
      "Collations",
      query("SELECT 'a' COLLATE UNICODE_CI = 'A'", [[true]]),
      knownGap("sail", "lower() both sides"),
    ),
    capability(
      "Variables, scripts, `EXECUTE IMMEDIATE`, SQL functions of your own",
      statements(
        [
          "DECLARE OR REPLACE VARIABLE capability_n INT DEFAULT 3",
          "CREATE OR REPLACE TEMPORARY FUNCTION capability_f(x INT) RETURNS INT RETURN x * x",
          "BEGIN SELECT 1; END",
          "EXECUTE IMMEDIATE 'SELECT capability_f(capability_n)'",
        ],
        [[9]],
      ),
      knownGap("sail", "write them in TypeScript"),
    ),
    capability(
      "`TABLESAMPLE (n ROWS)`",
      query(`SELECT count(*) FROM (SELECT * FROM (SELECT * FROM ${events}) TABLESAMPLE (2 ROWS))`, [[2]]),
      knownGap("sail", "LIMIT, or df.sample()", sailSql),
    ),
    capability(
      "`split` by an empty pattern gives the characters",
      query("SELECT split('abc', '')", [[["a", "b", "c"]]]),
      knownGap("sail", "an empty text before and after them"),
    ),
    capability(
      "Integers that overflow are an error",
      async (spark) => {
        await assert.rejects(
          spark.sql("SELECT n + 1 AS n FROM VALUES (2147483647) AS t(n)").collect(),
          /ARITHMETIC_OVERFLOW/,
        );
      },
      knownGap("sail", "they wrap round; cast to bigint or decimal"),
    ),
    capability(
      "Sums of decimals that overflow are an error",
      async (spark) => {
        const nines = "9".repeat(38);
        const sums = spark.sql(`SELECT sum(d) AS s FROM VALUES (${nines}BD), (${nines}BD) AS t(d)`);
        await assert.rejects(sums.collect(), /ARITHMETIC_OVERFLOW|NUMERIC_VALUE_OUT_OF_RANGE/);
      },
      knownGap("sail", "they wrap round; sum doubles where decimals have 38 digits"),
    ),
    capability(
      "A missing path in `FROM` is an error",
      async (spark, folder) => {
        await assert.rejects(spark.sql(`SELECT * FROM parquet.\`${folder}/missing\``).collect());
      },
      knownGap("sail", "no rows; spark.read.parquet(path) says it"),
    ),
    capability(
      "Window frames by intervals over dates",
      query(
        `SELECT count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW)
         FROM VALUES (DATE'2026-01-01'), (DATE'2026-01-02'), (DATE'2026-01-05') AS t(d) ORDER BY d`,
        [[1], [2], [1]],
      ),
      knownGap("sail", "counts from the beginning; range over unix_seconds(…) or datediff(…)"),
    ),
    capability(
      "Averages of decimals rounded half up",
      query(`SELECT CAST(avg(d) AS string) FROM VALUES (CAST(1 AS decimal(10, 2))), (1), (0) AS t(d)`, [
        ["0.666667"],
      ]),
      knownGap("sail", "cut off; cast to more places and round()"),
    ),
    capability(
      "`_metadata` of files",
      async (spark, folder) => {
        await spark.range(1).write.parquet(`${folder}/one`);
        const [row] = await spark
          .sql(`SELECT _metadata.file_size AS n FROM parquet.\`${folder}/one\``)
          .collect();
        assert.ok(Number(row.n) > 0);
      },
      knownGap("sail", "there is no such column"),
    ),
  ],
};

export const tables: Area = {
  name: "Tables",
  capabilities: [
    capability(
      "`CREATE TABLE`, `INSERT`, `DROP`",
      onTable("INSERT INTO capability_t VALUES (1)", "SELECT a FROM capability_t", [[1]]),
    ),
    capability(
      "`CREATE TABLE AS`",
      statements(
        [
          "DROP TABLE IF EXISTS capability_as",
          "CREATE TABLE capability_as USING parquet AS SELECT 2 AS a",
          "SELECT a FROM capability_as",
        ],
        [[2]],
      ),
    ),
    capability("saveAsTable, insertInto", async (spark) => {
      await spark.range(2).write.mode("overwrite").saveAsTable("capability_saved");
      await spark.range(3).write.insertInto("capability_saved");
      assert.equal(await spark.table("capability_saved").count(), 5);
      await spark.sql("DROP TABLE capability_saved").collect();
    }),
    capability(
      "`DESCRIBE TABLE t`, `SHOW TABLES`",
      onTable("SHOW TABLES", "DESCRIBE TABLE capability_t", [["a", "int", null]]),
    ),
    capability("`DESCRIBE t`", onTable("DESCRIBE capability_t"), knownGap("sail", "DESCRIBE TABLE t")),
    capability(
      "`ALTER TABLE ADD COLUMNS`",
      onTable("ALTER TABLE capability_t ADD COLUMNS (b int)", "SELECT a, b FROM capability_t", []),
      knownGap("sail", "make the table anew"),
    ),
    capability(
      "`SHOW CREATE TABLE`",
      onTable("SHOW CREATE TABLE capability_t"),
      knownGap("sail", "not done yet"),
    ),
    capability(
      "`TRUNCATE TABLE`",
      onTable("TRUNCATE TABLE capability_t"),
      knownGap("sail", "not understood"),
    ),
    capability(
      "`ANALYZE TABLE`",
      onTable("ANALYZE TABLE capability_t COMPUTE STATISTICS"),
      knownGap("sail", "not done yet"),
    ),
    capability(
      "`CACHE TABLE`",
      onTable("CACHE TABLE capability_t", "UNCACHE TABLE capability_t"),
      knownGap("sail", "write Parquet and read it back"),
    ),
    capability(
      "`SET` and `USE`",
      statements(["SET spark.sql.shuffle.partitions = 4", "USE default"]),
      knownGap("sail", "spark.conf.set(); USE DATABASE"),
    ),
  ],
};

/** Runs statements on a new empty table `capability_t (a int)`, which is gone afterwards. */
function onTable(first: string, second?: string, rows?: unknown[][]) {
  const drop = "DROP TABLE IF EXISTS capability_t";
  const body = [first, second].filter((statement) => statement !== undefined);
  const run = statements([drop, "CREATE TABLE capability_t (a int) USING parquet", ...body], rows);
  const clean = statements([drop]);
  return async (...context: Parameters<typeof run>) => {
    try {
      await run(...context);
    } finally {
      await clean(...context);
    }
  };
}
