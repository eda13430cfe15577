// A valid call of every public method, by class: the number of arguments that it needs, and all that it takes.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  col,
  Column,
  count,
  type DataFrame,
  GroupedData,
  lit,
  Observation,
  SparkConf,
  SparkContext,
  SparkSession,
  SQLContext,
  StorageLevel,
  sum,
  type TableArg,
  types,
  udf,
  udtf,
  when,
  Window,
} from "../../../runtime/index.ts";
import { rowMaker } from "../../../runtime/sql/row.ts";
import { rddSubject } from "./rdd-subject.ts";
import { type Call, sameCall, type Subject } from "./subject.ts";

const archive = join(mkdtempSync(join(tmpdir(), "sightline-arguments-")), "x.zip");
writeFileSync(archive, "");

const ddl = "s string, n int, d double";
const identity = (x: unknown) => x;
const condition = col("n").gt(1);

const made = { ...types, Observation, SparkConf, StorageLevel } as unknown as Record<
  string,
  new (...args: unknown[]) => object
>;

/** The subjects of a session. */
export function subjects(spark: SparkSession): Subject[] {
  const frame = () => spark.createDataFrame([["a", 1, 2.5]], ddl) as DataFrame;
  const df = frame();
  const level = StorageLevel.DISK_ONLY;
  const operators = sameCall(1, 5);
  const plain = sameCall(0);
  const named = sameCall(1, "x");
  const frames = sameCall(1, df);
  return [
    {
      name: "SparkSession",
      make: () => spark.newSession(),
      internal: ["query", "command", "explainErrors", "extend", "createView", "dropView"],
      calls: {
        ...plain("version", "interruptAll", "getTags", "clearTags", "clearProgressHandlers", "newSession"),
        ...plain("sessionId", "stop"),
        sql: [1, "SELECT :a, {b}", { a: 1 }, { b: 2 }],
        table: [1, "events"],
        range: [1, 1, 9, 2, 3],
        createDataFrame: [1, [["a", 1]], ["s", "n"]],
        emptyDataFrame: [1, ddl],
        ...named("interruptTag", "interruptOperation", "addTag", "removeTag"),
        withTags: [2, ["x"], () => undefined],
        registerProgressHandler: [1, () => undefined],
        removeProgressHandler: [1, () => undefined],
        cloneSession: [0, "7b1c4ee2-9d3c-4a1b-8a51-0d2f60a0a4f2"],
        addArtifacts: [1, "package.json", { file: true }],
        addArtifact: [1, "package.json", { file: true }],
        copyFromLocalToFs: [2, "package.json", "/tmp/x.json"],
      },
    },
    {
      name: "SparkSession.builder",
      make: () => SparkSession.builder,
      internal: ["getOrCreate", "create", "lazy"],
      numbersAsText: ["config"],
      calls: { ...named("appName"), remote: [1, "sc://x"], master: [1, "local"], config: [2, "spark.x", 1] },
    },
    {
      name: "DataFrame",
      make: frame,
      takesMore: ["transform"],
      internal: ["derive", "deriveKnowing", "needing", "query", "command", "within"],
      calls: {
        ...plain("distinct", "cache", "storageLevel", "isCached", "scalar", "exists", "asTable", "collect"),
        ...plain("toLocalIterator", "count", "first", "isEmpty", "toArrow", "toPandas", "schema", "columns"),
        ...plain("dtypes", "isLocal", "isStreaming", "inputFiles", "semanticHash"),
        ...named("col", "colRegex", "metadataColumn", "filter", "where", "alias", "writeTo"),
        ...named("createOrReplaceTempView", "registerTempTable", "createTempView", "createGlobalTempView"),
        ...named("createOrReplaceGlobalTempView"),
        ...frames("crossJoin", "union", "unionAll", "intersect", "intersectAll", "subtract", "exceptAll"),
        ...frames("sameSemantics"),
        toJSON: [0],
        select: [0, "n", col("s")],
        selectExpr: [0, "n + 1", "s"],
        withColumn: [2, "x", col("n")],
        withColumns: [1, { x: col("n") }],
        withColumnRenamed: [2, "n", "x"],
        withColumnsRenamed: [1, { n: "x" }],
        withMetadata: [2, "n", { unit: "s" }],
        toDF: [0, "a", "b", "c"],
        to: [1, "n bigint"],
        drop: [0, "n", col("s")],
        zipWithIndex: [0, "x"],
        transform: [1, identity],
        limit: [1, 3],
        offset: [1, 3],
        orderBy: [0, "n", col("s"), { ascending: [true, false] }],
        sort: [0, "n", col("s")],
        sortWithinPartitions: [0, "n"],
        dropDuplicates: [0, ["n"]],
        dropDuplicatesWithinWatermark: [0, ["n"]],
        withWatermark: [2, "n", "1 minute"],
        sample: [1, 0.5, 42],
        sampleBy: [2, "s", { a: 0.5 }, 42],
        randomSplit: [1, [0.5, 0.5], 42],
        repartition: [1, 4, "n"],
        repartitionByRange: [1, 4, "n"],
        repartitionById: [2, 4, "n"],
        coalesce: [1, 4],
        hint: [1, "broadcast", 3],
        fillna: [1, 0, ["n"]],
        dropna: [0, "any", 2, ["n"]],
        replace: [1, [1, 2], [3, 4], ["n"]],
        describe: [0, "n"],
        summary: [0, "mean"],
        crosstab: [2, "s", "n"],
        freqItems: [1, ["s"], 0.5],
        corr: [2, "n", "d", "pearson"],
        cov: [2, "n", "d"],
        approxQuantile: [3, "n", [0.5], 0.1],
        unpivot: [1, "s", ["n", "d"], "name", "value"],
        melt: [1, "s", ["n", "d"], "name", "value"],
        transpose: [0, "s"],
        groupBy: [0, "n", col("s")],
        groupby: [0, "n"],
        rollup: [0, "n"],
        cube: [0, "n"],
        groupingSets: [1, [["n"], []], "n"],
        agg: [1, sum("n")],
        join: [1, df, "n", "left"],
        lateralJoin: [1, df, condition, "left"],
        nearestByJoin: [5, df, col("n"), 3, "exact", "distance", { joinType: "left" }],
        unionByName: [1, df, true],
        persist: [0, level],
        unpersist: [0, true],
        checkpoint: [0, true],
        localCheckpoint: [0, true, level],
        observe: [2, "seen", count(lit(1)).alias("rows")],
        take: [1, 3],
        tail: [1, 3],
        head: [0, 3],
        show: [0, 3, true, true],
        printSchema: [0, 3],
        explain: [0, true],
        mergeInto: [2, "events", condition],
        mapInArrow: [2, identity, "n int"],
        mapInPandas: [2, identity, "n int"],
        foreach: [1, identity],
        foreachPartition: [1, identity],
      },
      finish: (result: never) =>
        (result as unknown) instanceof GroupedData
          ? (result as GroupedData).count()
          : whereIs("append")!(result, result),
    },
    {
      name: "Column",
      make: () => col("n"),
      calls: {
        ...plain("not", "negate", "isNaN", "isNull", "isNotNull", "outer", "asc", "ascNullsFirst"),
        ...plain("ascNullsLast", "desc", "descNullsFirst", "descNullsLast"),
        ...named("alias", "as", "name", "like", "ilike", "rlike", "getField", "dropFields"),
        ...operators("eq", "neq", "eqNullSafe", "gt", "geq", "lt", "leq", "and", "or", "plus", "minus"),
        ...operators("multiply", "divide", "mod", "pow", "bitwiseAND", "bitwiseOR", "bitwiseXOR", "contains"),
        ...operators("startsWith", "endsWith", "startswith", "endswith", "getItem"),
        cast: [1, "int"],
        astype: [1, "int"],
        tryCast: [1, "int"],
        between: [2, 1, 9],
        isin: [0, 1, 2],
        substr: [2, 1, 2],
        withField: [2, "x", lit(1)],
        transform: [1, identity],
        over: [1, Window.partitionBy("s")],
      },
      internal: ["when", "otherwise"], // of when(), below
    },
    {
      name: "when()",
      make: () => when(condition, 1),
      isPart: true,
      calls: { when: [2, condition, 1], otherwise: [1, 1] },
    },
    {
      name: "GroupedData",
      make: () => df.groupBy("s"),
      calls: {
        ...plain("count"),
        ...Object.fromEntries(
          ["sum", "avg", "mean", "min", "max"].map((name): [string, Call] => [name, [0, "n"]]),
        ),
        agg: [1, sum("n")],
        pivot: [1, "n", [1, 2]],
        applyInArrow: [2, identity, "n int"],
        applyInPandas: [2, identity, "n int"],
        cogroup: [1, df.groupBy("s")],
      },
      finish: whereIs("count"),
    },
    {
      name: "CoGroupedData",
      make: () => df.groupBy("s").cogroup(df.groupBy("s")),
      calls: {
        applyInArrow: [2, (a: unknown, _b: unknown) => a, "n int"],
        applyInPandas: [2, (a: unknown, _b: unknown) => a, "n int"],
      },
    },
    {
      name: "DataFrameReader",
      make: () => spark.read,
      mayBeUndefined: ["option", "tableProperty"],
      numbersAsText: ["option", "options", "jdbc", "xml", "csv", "json", "load", "parquet", "orc", "text"],
      calls: {
        ...named("format", "table", "changes"),
        schema: [1, ddl],
        option: [2, "header", true],
        options: [1, { header: true }],
        load: [0, "/p", "csv", ddl, { header: true }],
        parquet: [1, "/p"],
        csv: [1, "/p", ddl, { header: true }],
        json: [1, "/p", ddl, { mode: "x" }],
        xml: [1, "/p", "row", ddl, { mode: "x" }],
        text: [1, "/p", true, "\n"],
        orc: [1, "/p", { mergeSchema: true }],
        jdbc: [2, "jdbc:x", "t", "n", 1, 9, 3, { properties: { user: "x" } }],
      },
      finish: whereIs("load", "/p"),
    },
    {
      name: "DataFrameWriter",
      mayBeUndefined: ["option"],
      make: () => df.write,
      numbersAsText: [
        "option",
        "options",
        "jdbc",
        "xml",
        "csv",
        "json",
        "save",
        "parquet",
        "orc",
        "text",
        "saveAsTable",
      ],
      calls: {
        ...named("format", "insertInto", "saveAsTable", "partitionBy", "sortBy", "clusterBy"),
        mode: [0, "append"],
        option: [2, "header", true],
        options: [1, { header: true }],
        bucketBy: [2, 4, "n"],
        save: [0, "/p", "csv", "append", ["n"], { header: true }],
        parquet: [1, "/p", "append", ["n"], "snappy"],
        csv: [1, "/p", "append", "gzip", ","],
        json: [1, "/p", "append", "gzip"],
        orc: [1, "/p", "append", ["n"], "snappy"],
        text: [1, "/p", "gzip", "\n"],
        xml: [1, "/p", "row", "append"],
        jdbc: [2, "jdbc:x", "t", "append", { user: "x" }],
      },
      finish: whereIs("save", "/p"),
    },
    {
      name: "DataFrameWriterV2",
      make: () => df.writeTo("events"),
      mayBeUndefined: ["option", "tableProperty"],
      numbersAsText: ["option", "options", "tableProperty"],
      calls: {
        ...plain("create", "replace", "createOrReplace", "append", "overwritePartitions"),
        ...named("using", "clusterBy", "partitionedBy"),
        option: [2, "header", true],
        options: [1, { header: true }],
        tableProperty: [2, "owner", "x"],
        overwrite: [1, condition],
      },
      finish: whereIs("append"),
    },
    {
      name: "MergeIntoWriter",
      make: () => df.mergeInto("events", condition).whenMatched().delete(),
      calls: {
        ...plain("withSchemaEvolution", "merge"),
        whenMatched: [0, condition],
        whenNotMatched: [0, condition],
        whenNotMatchedBySource: [0, condition],
      },
    },
    {
      name: "MergeIntoWriter.WhenMatched",
      make: () => df.mergeInto("events", condition).whenMatched(),
      calls: { ...plain("updateAll", "delete"), update: [1, { n: lit(1) }] },
      finish: whereIs("merge"),
    },
    {
      name: "MergeIntoWriter.WhenNotMatched",
      make: () => df.mergeInto("events", condition).whenNotMatched(),
      calls: { ...plain("insertAll"), insert: [1, { n: lit(1) }] },
      finish: whereIs("merge"),
    },
    {
      name: "DataFrameNaFunctions",
      make: () => df.na,
      calls: {
        fill: [1, 0, ["n"]],
        drop: [0, "any", 2, ["n"]],
        replace: [1, [1, 2], [3, 4], ["n"]],
      },
    },
    {
      name: "DataFrameStatFunctions",
      make: () => df.stat,
      calls: {
        corr: [2, "n", "d", "pearson"],
        cov: [2, "n", "d"],
        approxQuantile: [3, "n", [0.5], 0.1],
        crosstab: [2, "s", "n"],
        freqItems: [1, ["s"], 0.5],
        sampleBy: [2, "s", { a: 0.5 }, 42],
      },
    },
    {
      name: "Catalog",
      make: () => spark.catalog,
      numbersAsText: ["createTable", "createExternalTable"],
      calls: {
        ...plain("currentCatalog", "currentDatabase", "clearCache"),
        ...named("setCurrentCatalog", "setCurrentDatabase", "getDatabase", "databaseExists", "getTable"),
        ...named("dropTempView", "dropGlobalTempView", "listPartitions", "getTableProperties"),
        ...named("truncateTable", "recoverPartitions", "isCached", "uncacheTable", "refreshTable"),
        ...named("refreshByPath", "getFunction"),
        listCatalogs: [0, "x*"],
        listDatabases: [0, "x*"],
        createDatabase: [1, "x", true, { owner: "me" }],
        dropDatabase: [1, "x", true, true],
        listTables: [0, "x", "e*"],
        listViews: [0, "x", "e*"],
        tableExists: [1, "events", "x"],
        listColumns: [1, "events", "x"],
        createTable: [1, "events", "/p", "csv", ddl, "words", { header: true }],
        createExternalTable: [1, "events", "/p", "csv", ddl, { header: true }],
        dropTable: [1, "events", true, true],
        dropView: [1, "events", true],
        getCreateTableString: [1, "events", true],
        analyzeTable: [1, "events", true],
        cacheTable: [1, "events", level],
        listFunctions: [0, "x", "e*"],
        functionExists: [1, "f", "x"],
        registerFunction: [2, "f", (x: unknown) => x, "int"],
      },
    },
    {
      name: "WindowSpec",
      make: () => Window.partitionBy("s").orderBy("n"),
      calls: { partitionBy: [0, "x"], orderBy: [0, "x"], rowsBetween: [2, -1, 1], rangeBetween: [2, -1, 1] },
      finish: (result: never) => sum("n").over(result),
    },
    {
      name: "Window",
      make: () => Window,
      calls: { partitionBy: [0, "x"], orderBy: [0, "x"], rowsBetween: [2, -1, 1], rangeBetween: [2, -1, 1] },
      finish: (result: never) => sum("n").over(result),
    },
    {
      name: "Observation",
      make: () => new Observation("seen"),
      internal: ["attach", "begin", "settle"],
      calls: {},
    },
    {
      name: "RuntimeConfig",
      make: () => spark.conf,
      internal: ["own", "restore", "apply"],
      numbersAsText: ["set"],
      calls: {
        set: [2, "spark.x", 1],
        get: [1, "spark.x", "none"],
        getAll: [0],
        ...named("isModifiable", "unset"),
      },
    },
    {
      name: "UDFRegistration",
      make: () => spark.udf,
      calls: {
        register: [2, "f", (x: unknown) => x, "int"],
        registerJavaFunction: [2, "f", "org.example.F", "int"],
        registerJavaUDAF: [2, "f", "org.example.F"],
      },
    },
    {
      name: "UDTFRegistration",
      make: () => spark.udtf,
      calls: { register: [2, "f", udtf(Doubled as never, "n int")] },
    },
    {
      name: "makers of functions",
      make: () => ({ udf: udf as unknown, udtf: udtf as unknown }),
      calls: { udf: [1, (x: unknown) => x, "int", {}], udtf: [2, Doubled, "n int"] },
    },
    {
      name: "TableValuedFunction",
      make: () => spark.tvf,
      calls: {
        ...plain("collations", "sqlKeywords", "pythonWorkerLogs"),
        ...named("explode", "explodeOuter", "inline", "inlineOuter", "posexplode", "posexplodeOuter"),
        ...named("variantExplode", "variantExplodeOuter"),
        range: [1, 1, 9, 2, 3],
        jsonTuple: [2, "x", "y"],
        stack: [1, lit(2), "y"],
      },
    },
    {
      name: "TableArg",
      make: () => df.asTable().partitionBy("s"),
      isPart: true,
      calls: { orderBy: [0, "x"] },
      finish: argumentOf,
    },
    {
      name: "TableArg without partitions",
      make: () => df.asTable(),
      isPart: true,
      calls: { partitionBy: [0, "x"], ...plain("withSinglePartition") },
      finish: argumentOf,
    },
    {
      name: "SQLContext",
      make: () => spark.sqlContext,
      numbersAsText: ["setConf", "createExternalTable"],
      calls: {
        ...plain("newSession", "clearCache"),
        ...named("table", "dropTempTable", "cacheTable", "uncacheTable"),
        setConf: [2, "spark.x", 1],
        getConf: [1, "spark.x", "none"],
        range: [1, 1, 9, 2, 3],
        sql: [1, "SELECT :a", { a: 1 }],
        tables: [0, "x"],
        tableNames: [0, "x"],
        registerDataFrameAsTable: [2, df, "x"],
        createExternalTable: [1, "events", "/p", "csv", ddl],
        registerFunction: [2, "f", (x: unknown) => x, "int"],
        registerJavaFunction: [2, "f", "org.example.F", "int"],
      },
    },
    {
      name: "SQLContext's class",
      isPart: true,
      make: () => SQLContext,
      calls: { getOrCreate: [0, null] },
    },
    {
      name: "SparkContext",
      make: () => spark.newSession().sparkContext,
      mayBeUndefined: ["broadcast"],
      internal: [
        "setCheckpointDir",
        "setJobDescription",
        "setLocalProperty",
        "getLocalProperty",
        "statusTracker",
        "rddOf",
      ],
      calls: {
        ...plain("sparkUser", "getConf", "stop", "cancelAllJobs", "getJobTags", "clearJobTags"),
        ...plain("getCheckpointDir", "emptyRDD"),
        ...named("cancelJobGroup", "addJobTag", "removeJobTag", "cancelJobsWithTag"),
        setJobGroup: [1, "x", "words", true],
        setInterruptOnCancel: [1, true],
        addFile: [1, "package.json"],
        addArchive: [1, archive],
        textFile: [1, "package.json", 2, true],
        wholeTextFiles: [1, "package.json", 2, true],
        binaryFiles: [1, "package.json", 2],
        binaryRecords: [2, "package.json", 4],
        parallelize: [1, [1, 2], 2],
        range: [1, 1, 10, 2, 3],
        union: [1, [spark.sparkContext.parallelize([1])]],
        runJob: [2, spark.sparkContext.parallelize([1]), identity, [0], false],
        broadcast: [1, 5],
        accumulator: [1, 0, { zero: identity, addInPlace: identity }],
        setLogLevel: [1, "WARN"],
      },
    },
    rddSubject(spark),
    {
      name: "SparkContext's class",
      isPart: true,
      make: () => SparkContext,
      calls: { getOrCreate: [0, new SparkConf()] },
    },
    {
      name: "SparkConf",
      make: () => new SparkConf(),
      numbersAsText: ["set", "setIfMissing", "setAll", "setExecutorEnv"],
      calls: {
        ...plain("getAll", "toDebugString"),
        set: [2, "spark.x", 1],
        setIfMissing: [2, "spark.x", 1],
        ...named("setMaster", "setAppName", "setSparkHome", "contains"),
        setExecutorEnv: [2, "X", "y"],
        setAll: [1, [["spark.x", 1]]],
        get: [1, "spark.x", "none"],
      },
      finish: (_result: never, conf: { toDebugString(): string }) => ({
        settings: conf.toDebugString().split(/[\n=]/),
      }),
    },
    {
      name: "Row",
      make: () => rowMaker(["n"])([1]),
      calls: { get: [1, "n"], toArray: [0], asDict: [0, true], toJSON: [0] },
    },
    {
      name: "StorageLevel",
      make: () => level,
      calls: { ...plain("toString"), equals: [0, level] },
    },
    {
      name: "StructType",
      make: () => new types.StructType().add("n", "int"),
      calls: {
        ...plain("fieldNames", "simpleString", "jsonValue", "json", "toDDL", "toNullable", "toString"),
        add: [2, "x", "int", true, { unit: "s" }],
        get: [1, "n"],
        treeString: [0, 2],
        equals: [0, new types.StructType()],
      },
    },
    {
      name: "StructType's class",
      isPart: true,
      make: () => types.StructType,
      calls: { fromDDL: [1, ddl], fromJson: [1, new types.StructType().add("n", "int").jsonValue()] },
    },
    {
      name: "DataType",
      isPart: true,
      make: () => types.DataType,
      calls: { fromDDL: [1, ddl], fromJson: [1, "integer"] },
    },
    { name: "types.fromDDL", make: () => ({ fromDDL: types.fromDDL }), calls: { fromDDL: [1, ddl] } },
    {
      name: "makers of types",
      isPart: true,
      takesMore: Object.keys(made),
      make: () => makers,
      calls: {
        CharType: [1, 3],
        VarcharType: [1, 3],
        DecimalType: [0, 10, 2],
        StringType: [0, "UTF8_LCASE"],
        TimeType: [0, 3],
        ArrayType: [1, new types.IntegerType(), true],
        MapType: [2, new types.StringType(), new types.IntegerType(), true],
        StructField: [2, "x", new types.IntegerType(), true, { unit: "s" }],
        StructType: [0, [new types.StructField("x", new types.IntegerType())]],
        DayTimeIntervalType: [0, 0, 3],
        YearMonthIntervalType: [0, 0, 1],
        GeometryType: [1, 4326],
        GeographyType: [1, 4326],
        Decimal: [1, "1.5"],
        Observation: [0, "seen"],
        SparkConf: [0, [["spark.x", 1]]],
        StorageLevel: [4, true, true, false, true, 2],
      },
    },
  ];
}

function argumentOf(result: TableArg): Column {
  return new Column(result.expression);
}

type Method = (...args: unknown[]) => unknown;

/** Calls a method of the result, where it has that. */
function whereIs(method: string, ...args: unknown[]): Subject["finish"] {
  return (result: Record<string, Method> | undefined) => {
    const isThere = typeof result === "object" && result !== null && typeof result[method] === "function";
    return isThere ? result[method](...args) : undefined;
  };
}

class Doubled {
  *eval(n: number) {
    yield [n * 2];
  }
}

/** Constructors, called as functions are. */
const makers: object = Object.fromEntries(
  Object.entries(made).map(([name, Made]) => [name, (...args: unknown[]) => new Made(...args)]),
);
