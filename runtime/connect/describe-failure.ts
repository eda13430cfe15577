// From what the transport threw to a SparkError: condition first, then what to do, then the marked piece of the query.
import type { ConnectError } from "@connectrpc/connect";
import { closeNames } from "../text/close-names.ts";
import { markFragment } from "../text/mark-fragment.ts";
import { errorMetadata, isConnectError, saysSparkStopped } from "./error-details.ts";
import { errorTypeOf } from "./exceptions.ts";
import {
  FetchErrorDetailsResponse_QueryContext_ContextType as ContextType,
  type FetchErrorDetailsResponse,
  type FetchErrorDetailsResponse_Error,
} from "./generated/base_pb.js";
import { translateSailMessage } from "./sail-messages.ts";
import { PlanError } from "./plan-error.ts";
import type { QueryContext, SparkError } from "./spark-error.ts";

/** What is known about a failed call beside its error. */
export interface FailureContext {
  /** The SQL text of the call, if it was one. */
  readonly sql?: string;
  /** What the server told when it was asked for more. */
  readonly details?: FetchErrorDetailsResponse;
}

/** Turns what a call threw into a {@link SparkError}; other errors pass. */
export function describeFailure(error: unknown, { sql, details }: FailureContext = {}): unknown {
  if (!isConnectError(error)) return error;
  const unsent = /^serialize binary: (?:cannot encode [^:]*: )*(.+?)(?:\n(.+))?$/s.exec(error.rawMessage);
  if (unsent) return describeUnsent(unsent[1], unsent[2]);
  const tooLong = /^message size (\d+) is larger than configured writeMaxBytes (\d+)/.exec(error.rawMessage);
  if (tooLong) return messageTooLong(Number(tooLong[1]), Number(tooLong[2]));
  const metadata = errorMetadata(error);
  const root = details?.errors[details.rootErrorIdx ?? -1];
  const javaClasses = root?.errorTypeHierarchy ?? texts(metadata.get("classes"));
  // The header's copy of a long message is cut.
  const message = unwrap(root?.message || error.rawMessage);
  const translated = translateSailMessage(message);
  if (translated) return describeSail(error, translated, { javaClasses, sql });
  const said = /^\[([A-Z][A-Z0-9_.]+)\]\s*/.exec(message);
  const errorClass = metadata.get("errorClass") ?? root?.sparkThrowable?.errorClass ?? said?.[1];
  const text = said ? message.slice(said[0].length) : message;
  const queryContexts = contextsOf(root);
  const messageParameters =
    root?.sparkThrowable?.messageParameters ?? record(metadata.get("messageParameters"));
  const advice = adviceFor(errorClass, messageParameters);
  return new (errorTypeOf(javaClasses, errorClass))(
    [
      `${said ? `${said[1]}: ` : ""}${withoutProposals(conciseText(text), advice)}`,
      ...advice,
      ...marked(queryContexts[0], sql, text),
    ].join("\n"),
    {
      errorClass,
      sqlState: metadata.get("sqlState") ?? /SQLSTATE: ([0-9A-Z]{5})/.exec(message)?.[1],
      messageParameters,
      queryContexts,
      serverTrace: details ? traceOf(details) : metadata.get("stackTrace"),
      cause: error,
    },
  );
}

function describeUnsent(what: string, remedy = "Say it in a shorter plan."): PlanError {
  if (!what.startsWith("Maximum call stack")) return new PlanError(what, remedy);
  return planTooDeep();
}

function messageTooLong(size: number, most: number): PlanError {
  const mebibytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  return new PlanError(
    `The plan with its local data has ${mebibytes(size)}; the engine takes ${mebibytes(most)} in one message.`,
    'Append it in parts, createDataFrame(part).write.mode("append").parquet(path), and read that; or run it on Spark.',
  );
}

/** For a plan that the stack doesn't reach the end of. */
export function planTooDeep(): PlanError {
  return new PlanError(
    "The plan can't be sent: its steps or expressions nest too deep.",
    "Keep what is in between: df = df.localCheckpoint(), or write many columns in one withColumns({ … }).",
  );
}

function describeSail(
  error: ConnectError,
  { errorClass, sqlState, message, place }: NonNullable<ReturnType<typeof translateSailMessage>>,
  { javaClasses, sql }: { javaClasses: readonly string[]; sql?: string },
): SparkError {
  const context = sql !== undefined && place ? sqlContext(sql, place) : undefined;
  return new (errorTypeOf(javaClasses, errorClass))(
    [message, ...(context ? [markFragment(sql!, context.startIndex, context.stopIndex + 1)] : [])].join("\n"),
    { errorClass, sqlState, queryContexts: context ? [context] : [], cause: error },
  );
}

/**
 * The place of a piece of SQL text: by its first and last position, or, where only its words are known, by these, if
 * they occur once.
 */
export function sqlContext(sql: string, place: readonly [number, number] | string): QueryContext | undefined {
  let range: readonly [number, number] | undefined;
  if (typeof place !== "string") range = place;
  else {
    const word = new RegExp(`(?<![\\w$])${place.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\w$])`, "gi");
    const found = [...sql.matchAll(word)];
    if (found.length === 1) range = [found[0].index, found[0].index + place.length];
  }
  if (!range || range[0] > sql.length) return undefined;
  const [start, end] = range;
  return {
    contextType: "SQL",
    fragment: sql.slice(start, end),
    startIndex: start,
    stopIndex: end - 1,
    objectType: "",
    objectName: "",
    callSite: "",
    summary: markFragment(sql, start, end),
  };
}

/** The lines that mark where in the query it is. */
function marked(context: QueryContext | undefined, sql: string | undefined, text: string): string[] {
  if (context?.contextType === "DataFrame") {
    const at = context.callSite ? ` at ${context.callSite}` : "";
    return context.fragment ? [`  in ${context.fragment}()${at}`] : [];
  }
  const ofText = sql?.slice(context?.startIndex, (context?.stopIndex ?? -1) + 1) === context?.fragment;
  if (context && sql !== undefined && ofText && !context.objectName) {
    return [markFragment(sql, context.startIndex, context.stopIndex + 1)];
  }
  if (context) {
    const of = context.objectName
      ? [`  in the ${context.objectType.toLowerCase()} ${context.objectName}:`]
      : [];
    return [
      ...of,
      ...context.summary
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => `  ${line}`),
    ];
  }
  // The parser says the place in its words.
  const [, line, column] = /\(line (\d+), pos (\d+)\)/.exec(text) ?? [];
  if (sql === undefined || line === undefined) return [];
  const lines = sql.split("\n").slice(0, Number(line) - 1);
  const start = lines.reduce((length, each) => length + each.length + 1, 0) + Number(column);
  const near = /at or near '(.+?)'\./s.exec(text)?.[1] ?? "";
  return [markFragment(sql, start, start + (sql.startsWith(near, start) ? near.length : 1))];
}

/** Without what is said elsewhere: the place, the picture of the SQL and the analysed plan. */
function conciseText(text: string): string {
  if (saysSparkStopped(text)) {
    return (
      "Spark has stopped itself, mostly because its memory doesn't hold a result or a plan.\n" +
      'Ask for less at once, or start it with more: .config("spark.driver.memory", "4g").'
    );
  }
  return text
    .replace(/\n*== (?:SQL|DataFrame)\b[^\n]*==\n[\s\S]*$/, "")
    .replace(/;? ?\(?line \d+,? pos \d+\)?(?:;\n[\s\S]*)?\s*$/, "")
    .replace(/(SQLSTATE: [0-9A-Z]{5});\n[\s\S]*$/, "$1")
    .trim();
}

/** Spark proposes up to five names; the close ones are in the advice, and more than three help nobody. */
function withoutProposals(text: string, advice: readonly string[]): string {
  return text.replace(
    / Did you mean one of the following\? \[(.*?)\]\.?(?= SQLSTATE|$)/s,
    (all, names: string) => {
      if (advice.length > 0) return "";
      const three = names.split(", ").slice(0, 3).join(", ");
      return three === names ? all : ` Did you mean one of the following? [${three}].`;
    },
  );
}

/** What to do, where the condition's own text doesn't say it. */
function adviceFor(condition: string | undefined, parameters: Readonly<Record<string, string>>): string[] {
  if (condition === "UNRESOLVED_ROUTINE") {
    return ['See what there is: spark.sql("SHOW FUNCTIONS").show()'];
  }
  const [wanted, offered] = [parameters.objectName ?? parameters.fieldName, parameters.proposal];
  if (wanted === undefined || offered === undefined) return [];
  const names = Array.from(offered.matchAll(/`((?:[^`]|``)+)`(?![.`])/g), ([, name]) => name);
  const close = closeNames(wanted.replaceAll("`", ""), names).map((name) => `\`${name}\``);
  return close.length > 0 ? [`Did you mean ${close.join(" or ")}?`] : [];
}

function contextsOf(root: FetchErrorDetailsResponse_Error | undefined): QueryContext[] {
  return (root?.sparkThrowable?.queryContexts ?? []).map((context) => ({
    contextType: context.contextType === ContextType.DATAFRAME ? "DataFrame" : "SQL",
    fragment: context.fragment,
    startIndex: context.startIndex,
    stopIndex: context.stopIndex,
    objectType: context.objectType,
    objectName: context.objectName,
    callSite: context.callSite,
    summary: context.summary,
  }));
}

function traceOf({ errors, rootErrorIdx }: FetchErrorDetailsResponse): string {
  const lines: string[] = [];
  const seen = new Set<number>();
  for (let at = rootErrorIdx; at !== undefined && errors[at] && !seen.has(at); at = errors[at].causeIdx) {
    seen.add(at);
    const { errorTypeHierarchy, message, stackTrace } = errors[at];
    lines.push(`${lines.length > 0 ? "Caused by: " : ""}${errorTypeHierarchy[0]}: ${message}`);
    for (const { declaringClass, methodName, fileName, lineNumber } of stackTrace) {
      lines.push(`\tat ${declaringClass}.${methodName}(${fileName ?? "unknown"}:${lineNumber})`);
    }
  }
  return lines.join("\n");
}

// Sail wraps the message of each layer in the name of its variant, Spark in its exception's class.
function unwrap(message: string): string {
  return message
    .trim()
    .replace(/^(?:error in DataFusion: |(?:Internal|External|Execution|Arrow) error: )+/i, "")
    .replace(/^\(?(?:org\.apache|java)\.[\w.$]+\)?:?\s*/, "")
    .trim();
}

function texts(json: string | undefined): string[] {
  const value = parsed(json);
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function record(json: string | undefined): Record<string, string> {
  const value = parsed(json);
  return typeof value === "object" && value !== null ? (value as Record<string, string>) : {};
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    // A long one is cut by the server.
    return undefined;
  }
}
