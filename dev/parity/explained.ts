// Why a name of pyspark isn't here, and names that are spelt otherwise here. tests/repo/parity.test.ts holds both to the truth.

/** The closed list of reasons for which a name will not come. */
export const reasons = ["Python only", "JVM only", "not in Connect"] as const;
export type Reason = (typeof reasons)[number];

export interface Explanation {
  readonly reason: Reason;
  /** What stands in its place, or why the reason holds. */
  readonly why: string;
  /** The name is there, and calling it says why it can't be done. */
  readonly refuses?: boolean;
}

const python = (why: string): Explanation => ({ reason: "Python only", why });
const jvm = (why: string): Explanation => ({ reason: "JVM only", why });
const notInConnect = (why: string): Explanation => ({ reason: "not in Connect", why });

/** By group and name. */
export const explained: Readonly<Record<string, Readonly<Record<string, Explanation>>>> = {
  functions: {
    AnalyzeArgument: python("what a Python table function's `analyze` is given"),
    AnalyzeResult: python("what a Python table function's `analyze` gives"),
    OrderingColumn: python("part of `AnalyzeResult`"),
    PartitioningColumn: python("part of `AnalyzeResult`"),
    SelectedColumn: python("part of `AnalyzeResult`"),
    SkipRestOfInputTableException: python("raised in Python table functions"),
    UserDefinedFunction: python("a class for functions, which are functions here: `udf()`"),
    UserDefinedTableFunction: python("a class for table functions, which are functions here: `udtf()`"),
  },
  SparkSession: {
    Hook: python("a class of the Python client's inside"),
    dataSource: python("registers data sources that are Python classes"),
    profile: python("profiles Python workers"),
  },
  "SparkSession.Builder": {
    channelBuilder: python(
      "takes a channel of Python's gRPC; `remote()` takes token, TLS and headers in its URL",
    ),
    enableHiveSupport: notInConnect("the server's configuration says whether it uses Hive"),
  },
  DataFrame: {
    __dir__: python("completion comes from the types"),
    pandas_api: python("pandas on Spark; `toPandas()` gives a local data frame"),
    plot: python("draws with Python's plotly"),
  },
  Column: {
    __contains__: python("Python's `in`, which PySpark refuses too; `contains()`"),
    to_plan: python("the Python client's inside"),
  },
  GroupedData: {
    apply: python("takes a pandas UDF; deprecated for `applyInPandas()`"),
  },
  Row: {
    __call__: python("makes classes of rows; objects are rows here"),
    count: python("a tuple's method; `row.toArray()` has an array's"),
    index: python("a tuple's method; `row.toArray().indexOf()`"),
  },
  SparkContext: {
    PACKAGE_EXTENSIONS: python("endings of Python packages"),
    setCheckpointDir: {
      ...notInConnect("the server's setting `spark.checkpoint.dir` says it"),
      refuses: true,
    },
    setJobDescription: {
      ...notInConnect("`addJobTag()` and `setJobGroup()` tell jobs apart"),
      refuses: true,
    },
    setLocalProperty: { ...notInConnect("`spark.conf.set()` sets the session's settings"), refuses: true },
    getLocalProperty: { ...notInConnect("`spark.conf.get()` reads the session's settings"), refuses: true },
    statusTracker: { ...notInConnect("`spark.registerProgressHandler()` tells progress"), refuses: true },
    getSystemProperty: jvm("a property of the driver's JVM"),
    setSystemProperty: jvm("a property of the driver's JVM"),
    addPyFile: python("Python files for Python workers"),
    dump_profiles: python("profiles Python workers"),
    hadoopFile: jvm("Hadoop's input formats are Java classes"),
    hadoopRDD: jvm("Hadoop's input formats are Java classes"),
    newAPIHadoopFile: jvm("Hadoop's input formats are Java classes"),
    newAPIHadoopRDD: jvm("Hadoop's input formats are Java classes"),
    pickleFile: python("Python's pickle format"),
    sequenceFile: jvm("Hadoop's sequence files hold Java classes"),
    show_profiles: python("profiles Python workers"),
  },
  RDD: {
    barrier: notInConnect("tasks of a stage are started as the engine has room for them"),
    withResources: notInConnect("`spark.conf` and the server's configuration say what executors have"),
    getResourceProfile: notInConnect("`spark.conf` and the server's configuration say what executors have"),
    cleanShuffleDependencies: python("files of a shuffle go with the job that wrote them"),
    collectWithJobGroup: python("deprecated: `sc.setJobGroup()` before `collect()`"),
    saveAsHadoopDataset: jvm("Hadoop's output formats are Java classes"),
    saveAsHadoopFile: jvm("Hadoop's output formats are Java classes"),
    saveAsNewAPIHadoopDataset: jvm("Hadoop's output formats are Java classes"),
    saveAsNewAPIHadoopFile: jvm("Hadoop's output formats are Java classes"),
    saveAsPickleFile: python("Python's pickle format"),
    saveAsSequenceFile: jvm("Hadoop's sequence files hold Java classes"),
  },
  Broadcast: {
    dump: python("Python's pickle format"),
    load: python("Python's pickle format"),
    load_from_path: python("Python's pickle format"),
  },
};

/** What later work brings, by group and subject. Nothing but this subject may be in it. */
export const notYet: Readonly<Record<string, { readonly streaming?: readonly string[] }>> = {
  SparkSession: { streaming: ["readStream", "streams"] },
  DataFrame: { streaming: ["writeStream"] },
  GroupedData: {
    streaming: ["applyInPandasWithState", "transformWithState", "transformWithStateInPandas"],
  },
  SQLContext: { streaming: ["readStream", "streams"] },
};

/** What the language itself does here: no member of ours, and no call. */
export const language: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Row: { __contains__: '"host" in row' },
};

const operators = {
  __add__: "plus",
  __sub__: "minus",
  __mul__: "multiply",
  __truediv__: "divide",
  __mod__: "mod",
  __pow__: "pow",
  __neg__: "negate",
  __and__: "and",
  __or__: "or",
  __invert__: "not",
  __eq__: "eq",
  __ne__: "neq",
  __lt__: "lt",
  __le__: "leq",
  __gt__: "gt",
  __ge__: "geq",
  __getitem__: "getItem",
  __getattr__: "getField",
};

/** Names that camelCase alone doesn't give. */
export const spelt: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DataFrame: { __getitem__: "col", __getattr__: "col" },
  Column: operators,
  Row: { __getitem__: "get", __getattr__: "get" },
  Accumulator: { __iadd__: "add" },
};
