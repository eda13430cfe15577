// The classes of Spark's names, each of whose methods refuses the arguments that it doesn't take. After the rooms that
// add methods to classes of others.
import { RDD } from "./rdd/rdd.ts";
import { SparkContext } from "./rdd/spark-context.ts";
import { Catalog } from "./sql/catalog/catalog.ts";
import { Column } from "./sql/column.ts";
import { DataFrame } from "./sql/dataframe.ts";
import { DataFrameReader } from "./sql/dataframe-reader.ts";
import { DataFrameWriter } from "./sql/dataframe-writer.ts";
import { GroupedData } from "./sql/grouped-data.ts";
import { DataFrameWriterV2 } from "./sql/io/dataframe-writer-v2.ts";
import { MergeIntoWriter } from "./sql/io/merge-into-writer.ts";
import { DataFrameNaFunctions } from "./sql/na-functions.ts";
import { Observation } from "./sql/observation.ts";
import { Row } from "./sql/row.ts";
import { RuntimeConfig } from "./sql/runtime-config.ts";
import { SparkConf } from "./sql/spark-conf.ts";
import { SparkSession } from "./sql/spark-session.ts";
import { SQLContext } from "./sql/sql-context.ts";
import { DataFrameStatFunctions } from "./sql/stat-functions.ts";
import { StorageLevel } from "./sql/storage-level.ts";
import { refuseSurplusOf } from "./sql/surplus-arguments.ts";
import { TableArg } from "./sql/table-arg.ts";
import { TableValuedFunction } from "./sql/table-valued-function.ts";
import * as types from "./sql/types-namespace.ts";
import { Window, WindowSpec } from "./sql/window.ts";
import { CoGroupedData } from "./udf/cogrouped-data.ts";
import { UDFRegistration } from "./udf/udf-registration.ts";
import { UDTFRegistration } from "./udf/udtf-registration.ts";

refuseSurplusOf(
  Catalog,
  CoGroupedData,
  Column,
  DataFrame,
  DataFrameNaFunctions,
  DataFrameReader,
  DataFrameStatFunctions,
  DataFrameWriter,
  DataFrameWriterV2,
  GroupedData,
  MergeIntoWriter,
  MergeIntoWriter.WhenMatched,
  MergeIntoWriter.WhenNotMatched,
  MergeIntoWriter.WhenNotMatchedBySource,
  Observation,
  RDD,
  Row,
  RuntimeConfig,
  SQLContext,
  SparkConf,
  SparkContext,
  SparkSession,
  SparkSession.Builder,
  StorageLevel,
  TableArg,
  TableValuedFunction,
  UDFRegistration,
  UDTFRegistration,
  Window,
  WindowSpec,
  ...Object.values(types),
);
