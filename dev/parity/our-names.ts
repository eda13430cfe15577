// The public names of our classes and modules as they are at run time, under the titles of pyspark-names.golden.json.
import * as runtime from "../../runtime/index.ts";
import { RemoteEngine } from "../../runtime/engines/remote-engine.ts";

/** The names of a group, and the object whose they are, for calls of those that only refuse. */
export interface OurGroup {
  readonly names: ReadonlySet<string>;
  /** Where a name is found: instances first, then the class for its static members. */
  readonly holders: readonly object[];
}

/** One group for each class and module. No engine is started: plans are built and nothing is sent. */
export function ourGroups(): Map<string, OurGroup> {
  const session = new runtime.SparkSession(new RemoteEngine("sc://localhost:1"), "", new Map());
  const spark = session as unknown as Loose;
  const df = session.range(1) as unknown as Loose;
  const merge = made(() => df.mergeInto("t", df.col("id").eq(1))) as Loose | undefined;
  const rdd = made(() => spark.sparkContext.parallelize([1]));
  const namespace = runtime as unknown as Loose;
  const holders: Record<string, unknown[]> = {
    functions: [runtime.functions],
    types: [runtime.types],
    SparkSession: [session, runtime.SparkSession],
    "SparkSession.Builder": [runtime.SparkSession.builder],
    DataFrame: [df],
    Column: [df.col("id")],
    GroupedData: [df.groupBy("id")],
    DataFrameReader: [session.read],
    DataFrameWriter: [df.write],
    DataFrameWriterV2: [made(() => df.writeTo("t"))],
    MergeIntoWriter: [merge, merge?.constructor],
    "MergeIntoWriter.WhenMatched": [made(() => merge?.whenMatched())],
    "MergeIntoWriter.WhenNotMatched": [made(() => merge?.whenNotMatched())],
    "MergeIntoWriter.WhenNotMatchedBySource": [made(() => merge?.whenNotMatchedBySource())],
    DataFrameNaFunctions: [df.na],
    DataFrameStatFunctions: [df.stat],
    Catalog: [spark.catalog],
    Window: [runtime.Window],
    WindowSpec: [runtime.Window.partitionBy("id")],
    Observation: [made(() => new namespace.Observation("o"))],
    RuntimeConfig: [session.conf],
    UDFRegistration: [spark.udf],
    UDTFRegistration: [spark.udtf],
    TableValuedFunction: [spark.tvf],
    SQLContext: [session.sqlContext, runtime.SQLContext],
    StorageLevel: [namespace.StorageLevel],
    SparkContext: [spark.sparkContext, runtime.SparkContext],
    SparkConf: [made(() => new namespace.SparkConf())],
    RDD: [rdd],
    Row: [runtime.Row.prototype],
    Broadcast: [runtime.Broadcast.prototype],
    Accumulator: [made(() => spark.sparkContext.accumulator(0))],
  };
  return new Map(
    Object.entries(holders).map(([title, values]) => {
      const present = values.filter((value): value is object => value !== undefined && value !== null);
      return [title, { holders: present, names: new Set(present.flatMap(namesOf)) }];
    }),
  );
}

type Loose = Record<string, any> & { new (...args: any[]): any };

// What isn't written yet isn't there; what is there and fails for another reason is told.
function made(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError && /is not a (function|constructor)/.test(error.message)) return undefined;
    throw error;
  }
}

const plumbing = new Set([Object.prototype, Function.prototype, Array.prototype]);

function namesOf(value: object): string[] {
  const names = new Set<string>();
  for (
    let at: object | null = value;
    at && !plumbing.has(at as never);
    at = Object.getPrototypeOf(at) as object
  ) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (!name.startsWith("_") && name !== "constructor" && name !== "prototype") names.add(name);
    }
  }
  return [...names];
}
