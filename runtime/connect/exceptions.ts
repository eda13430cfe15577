// The kinds of errors that PySpark's programs tell apart, by the Java class that the server says.
import { SparkError, type SparkErrorDetails } from "./spark-error.ts";

/** A query can't be right: a name, type or table in it doesn't fit. */
export class AnalysisException extends SparkError {
  override readonly name: string = "AnalysisException";
}

/** SQL text can't be parsed. */
export class ParseException extends AnalysisException {
  override readonly name = "ParseException";
}

/** A value isn't allowed where it was given. */
export class IllegalArgumentException extends SparkError {
  override readonly name: string = "IllegalArgumentException";
}

/** A text is no number. */
export class NumberFormatException extends IllegalArgumentException {
  override readonly name = "NumberFormatException";
}

/** A calculation has no result: a division by zero, an overflow. */
export class ArithmeticException extends SparkError {
  override readonly name = "ArithmeticException";
}

/** The engine can't do this. */
export class UnsupportedOperationException extends SparkError {
  override readonly name = "UnsupportedOperationException";
}

/** An index lies outside of its array. */
export class ArrayIndexOutOfBoundsException extends SparkError {
  override readonly name = "ArrayIndexOutOfBoundsException";
}

/** A date or time can't be read or doesn't exist. */
export class DateTimeException extends SparkError {
  override readonly name = "DateTimeException";
}

/** A job failed on its data. */
export class SparkRuntimeException extends SparkError {
  override readonly name = "SparkRuntimeException";
}

/** The same query would give something else in another version of Spark. */
export class SparkUpgradeException extends SparkError {
  override readonly name = "SparkUpgradeException";
}

/** What was asked for, a setting for example, isn't there. */
export class SparkNoSuchElementException extends SparkError {
  override readonly name = "SparkNoSuchElementException";
}

/** A query failed on its way. */
export class QueryExecutionException extends SparkError {
  override readonly name = "QueryExecutionException";
}

/** A function failed in its worker. */
export class PythonException extends SparkError {
  override readonly name = "PythonException";
}

type SparkErrorClass = new (message: string, details: SparkErrorDetails) => SparkError;

const byJavaClass: Readonly<Record<string, SparkErrorClass>> = {
  "org.apache.spark.sql.catalyst.parser.ParseException": ParseException,
  "org.apache.spark.sql.AnalysisException": AnalysisException,
  "org.apache.spark.sql.execution.QueryExecutionException": QueryExecutionException,
  "java.lang.NumberFormatException": NumberFormatException,
  "java.lang.IllegalArgumentException": IllegalArgumentException,
  "java.lang.ArithmeticException": ArithmeticException,
  "java.lang.UnsupportedOperationException": UnsupportedOperationException,
  "java.lang.ArrayIndexOutOfBoundsException": ArrayIndexOutOfBoundsException,
  "java.time.DateTimeException": DateTimeException,
  "org.apache.spark.SparkRuntimeException": SparkRuntimeException,
  "org.apache.spark.SparkUpgradeException": SparkUpgradeException,
  "org.apache.spark.api.python.PythonException": PythonException,
  "org.apache.spark.SparkNoSuchElementException": SparkNoSuchElementException,
};

// Sail's Java classes follow its own layers; what an error is about says its condition.
const byCondition: readonly [RegExp, SparkErrorClass][] = [
  [/^PARSE_/, ParseException],
  [/^FAILED_/, SparkError],
  [
    /^(?:UNRESOLVED_|TABLE_OR_VIEW_|AMBIGUOUS_|PATH_NOT_FOUND|PATH_ALREADY|DATATYPE_MISMATCH)/,
    AnalysisException,
  ],
];

/** The class of an error, by its Java classes from the nearest to the most general, and by its condition. */
export function errorTypeOf(javaClasses: readonly string[], condition = ""): SparkErrorClass {
  const named = byCondition.find(([pattern]) => pattern.test(condition))?.[1];
  const known = javaClasses.map((name) => byJavaClass[name]).find(Boolean);
  return named ?? known ?? SparkError;
}
