import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { describeFailure } from "./describe-failure.ts";
import { AnalysisException, ArithmeticException, ParseException } from "./exceptions.ts";
import { FetchErrorDetailsResponseSchema } from "./generated/base_pb.js";
import type { SparkError } from "./spark-error.ts";

// Word for word what Spark 4.2 answers.
const unresolved =
  "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `hots` cannot be resolved. " +
  "Did you mean one of the following? [`host`, `port`, `bytes`, `ip`]. SQLSTATE: 42703; line 2 pos 2;\n" +
  "'Project ['hots]\n+- SubqueryAlias t";
const proposed = { objectName: "`hots`", proposal: "`host`, `port`, `bytes`, `ip`" };
const sql = "SELECT 1 +\n  hots\nFROM t";

function details(message: string, javaClass: string, contexts: object[] = []) {
  return create(FetchErrorDetailsResponseSchema, {
    rootErrorIdx: 0,
    errors: [
      {
        errorTypeHierarchy: [javaClass, "java.lang.Exception"],
        message,
        causeIdx: 1,
        stackTrace: [{ declaringClass: "a.B", methodName: "c", fileName: "B.scala", lineNumber: 7 }],
        sparkThrowable: {
          errorClass: /^\[(.*?)\]/.exec(message)?.[1],
          messageParameters: message === unresolved || message.includes("zzz") ? proposed : {},
          queryContexts: contexts,
        },
      },
      { errorTypeHierarchy: ["java.io.IOException"], message: "below", causeIdx: 0 },
    ],
  });
}

test("a Spark that has stopped itself says what to do, and not where it was made", () => {
  const text =
    "Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was created at:\n\norg.apache.spark";
  const error = describeFailure(new ConnectError(text, Code.Internal)) as SparkError;
  expect(error.message).toMatch(/^Spark has stopped itself.*\n.*spark\.driver\.memory/);
  expect(error.message).not.toContain("org.apache");
});

test("the condition first, then the close names, then the marked piece of SQL; plan and trace folded away", () => {
  const context = { contextType: 0, startIndex: 13, stopIndex: 16, fragment: "hots", summary: "" };
  const error = describeFailure(new ConnectError(unresolved.slice(0, 60), Code.Internal), {
    sql,
    details: details(unresolved, "org.apache.spark.sql.AnalysisException", [context]),
  }) as SparkError;
  expect(error).toBeInstanceOf(AnalysisException);
  expect(error.name).toBe("AnalysisException");
  expect(error.message.split("\n")).toEqual([
    "UNRESOLVED_COLUMN.WITH_SUGGESTION: A column, variable, or function parameter with name `hots` cannot be resolved. SQLSTATE: 42703",
    "Did you mean `host`?",
    "    hots",
    "    ^^^^",
  ]);
  expect(error).toMatchObject({ errorClass: "UNRESOLVED_COLUMN.WITH_SUGGESTION", sqlState: "42703" });
  expect(error.getCondition()).toBe(error.errorClass);
  expect(error.getErrorClass()).toBe(error.errorClass);
  expect(error.getSqlState()).toBe("42703");
  expect(error.getMessageParameters()).toMatchObject({ objectName: "`hots`" });
  expect(error.getQueryContext()).toMatchObject([
    { contextType: "SQL", fragment: "hots", startIndex: 13, stopIndex: 16 },
  ]);
  expect(error.serverTrace).toBe(
    `org.apache.spark.sql.AnalysisException: ${unresolved}\n\tat a.B.c(B.scala:7)\nCaused by: java.io.IOException: below`,
  );
  expect(inspect(error)).not.toContain("a.B.c");
});

test("without a close name the engine's proposals stay, three of them", () => {
  const far = unresolved.replace("`hots`", "`zzz`");
  const answer = details(far, "org.apache.spark.sql.AnalysisException");
  answer.errors[0].sparkThrowable!.messageParameters.objectName = "`zzz`";
  const { message } = describeFailure(new ConnectError(far, Code.Internal), {
    details: answer,
  }) as SparkError;
  expect(message).toContain("Did you mean one of the following? [`host`, `port`, `bytes`]. SQLSTATE");
});

test("a parser's error is marked where it says it is", () => {
  const said =
    "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'FORM'. SQLSTATE: 42601 (line 2, pos 2)\n\n== SQL ==\nSELECT 1\n  FORM t\n--^^^\n";
  const error = describeFailure(new ConnectError(said, Code.Internal), {
    sql: "SELECT 1\n  FORM t",
    details: details(said, "org.apache.spark.sql.catalyst.parser.ParseException"),
  }) as SparkError;
  expect(error).toBeInstanceOf(ParseException);
  expect(error).toBeInstanceOf(AnalysisException);
  expect(error.message).toBe(
    "PARSE_SYNTAX_ERROR: Syntax error at or near 'FORM'. SQLSTATE: 42601\n    FORM t\n    ^^^^",
  );
});

test("a place in a view is shown as the engine draws it, a call of a DataFrame by its name", () => {
  const said =
    "[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n== SQL of VIEW v (line 1, position 8) ==\nSELECT 1/0\n       ^^^\n";
  const summary = "== SQL of VIEW v (line 1, position 8) ==\nSELECT 1/0\n       ^^^\n";
  const describe = (context: object) =>
    describeFailure(new ConnectError(said, Code.Internal), {
      sql: "SELECT * FROM v",
      details: details(said, "java.lang.ArithmeticException", [context]),
    }) as SparkError;
  const place = {
    startIndex: 7,
    stopIndex: 9,
    fragment: "1/0",
    objectType: "VIEW",
    objectName: "v",
    summary,
  };
  const inView = describe({ contextType: 0, ...place });
  expect(inView).toBeInstanceOf(ArithmeticException);
  expect(inView.message).toContain("SQLSTATE: 22012\n");
  expect(inView.message.split("\n").slice(-3)).toEqual(["  in the view v:", "  SELECT 1/0", "         ^^^"]);
  const inFrame = describe({ contextType: 1, fragment: "divide", callSite: "job.ts:7" });
  expect(inFrame.message.split("\n").at(-1)).toBe("  in divide() at job.ts:7");
});

test.each([
  [
    "invalid argument: found FORM at 9:13 expected something else, ';', or end of input",
    "SELECT 1 FORM t",
    ParseException,
    "42601",
    ["  SELECT 1 FORM t", "           ^^^^"],
  ],
  [
    "invalid argument: found end of input expected identifier, or query",
    "CREATE TABLE x (",
    ParseException,
    "42601",
    ["PARSE_SYNTAX_ERROR: the SQL ends too early.", "Expected there: identifier, or query"],
  ],
  [
    "Table not found: [TABLE_OR_VIEW_NOT_FOUND] Table or view not found: nothere",
    "SELECT * FROM nothere",
    AnalysisException,
    "42P01",
    ["  SELECT * FROM nothere", "                ^^^^^^^"],
  ],
] as const)("Sail's %s becomes Spark's, marked", (said, text, type, sqlState, lines) => {
  const error = describeFailure(new ConnectError(said, Code.Internal), { sql: text }) as SparkError;
  expect(error).toBeInstanceOf(type);
  expect(error.sqlState).toBe(sqlState);
  expect(error.message.split("\n").slice(-2)).toEqual(lines);
});

test("an error of ours passes as it is", () => {
  const own = new TypeError("no");
  expect(describeFailure(own)).toBe(own);
});
