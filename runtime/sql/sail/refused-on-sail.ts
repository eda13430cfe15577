import { SparkError } from "../../connect/spark-error.ts";
import { notOnSail } from "../not-on-sail.ts";
import { type CallRule, type CallRules, numberOf, textOf } from "./call-rule.ts";

const withCount: CallRule = (args, { functionName }) => {
  if (args.length < 3) return undefined;
  throw notOnSail(`${functionName}() for several values; it gives the first alone`);
};

const transformOfPartitions: CallRule = (_, { functionName }) => {
  throw new SparkError(
    "PARTITION_TRANSFORM_EXPRESSION_NOT_IN_PARTITIONED_BY: " +
      `${functionName}() says how a table is partitioned, and stands in partitionedBy() alone.\n` +
      "For a value use date_trunc(), date_format() or hash().",
    { errorClass: "PARTITION_TRANSFORM_EXPRESSION_NOT_IN_PARTITIONED_BY", sqlState: "42S23" },
  );
};

/** Calls that Sail answers with other values than Spark, or that Spark refuses. */
export const refusedOnSail: CallRules = {
  max_by: withCount,
  min_by: withCount,
  percentile: ([, , frequency]) => {
    if (!frequency || numberOf(frequency) === 1) return undefined;
    throw notOnSail("percentile() with frequencies; it counts each value once");
  },
  aes_encrypt: ([, , mode]) => {
    if (textOf(mode)?.toUpperCase() !== "ECB") return undefined;
    throw notOnSail('aes_encrypt() with mode "ECB"; "GCM" and "CBC" work');
  },
  slice: ([, start]) => {
    if (numberOf(start) !== 0) return undefined;
    throw new SparkError(
      "INVALID_PARAMETER_VALUE.START: slice() was told to start at 0, and positions begin at 1.\n" +
        "Pass 1 for the first element, or -1 for the last.",
      { errorClass: "INVALID_PARAMETER_VALUE.START", sqlState: "22023" },
    );
  },
  years: transformOfPartitions,
  months: transformOfPartitions,
  days: transformOfPartitions,
  hours: transformOfPartitions,
  bucket: transformOfPartitions,
};
