import { inspect, type InspectOptions } from "node:util";

/** The place in a query that an error is about. */
export interface QueryContext {
  /** Whether it is a place in SQL text or a call of a DataFrame's method. */
  readonly contextType: "SQL" | "DataFrame";
  /** The piece of SQL, or the method. */
  readonly fragment: string;
  /** Where the fragment begins in the SQL text, from 0; -1 where that isn't known. */
  readonly startIndex: number;
  /** The fragment's last character, from 0. */
  readonly stopIndex: number;
  /** `VIEW` when the SQL is a view's. */
  readonly objectType: string;
  readonly objectName: string;
  /** The line of the caller's code, where the engine knows it. */
  readonly callSite: string;
  /** The engine's own picture of it, with carets. */
  readonly summary: string;
}

/** What a {@link SparkError} knows beside its message. */
export interface SparkErrorDetails {
  errorClass?: string;
  sqlState?: string;
  messageParameters?: Readonly<Record<string, string>>;
  queryContexts?: readonly QueryContext[];
  serverTrace?: string;
  cause?: unknown;
}

/**
 * The engine refused or failed. `errorClass` and `sqlState` are Spark's own
 * (https://spark.apache.org/docs/latest/sql-error-conditions.html), where the engine gives them. PySpark's subclasses
 * (`AnalysisException`, `ParseException`, …) are subclasses of it.
 * @example
 * try {
 *   await spark.table("nothere").count();
 * } catch (error) {
 *   if (!(error instanceof SparkError) || error.errorClass !== "TABLE_OR_VIEW_NOT_FOUND") throw error;
 * }
 */
export class SparkError extends Error {
  override readonly name: string = "SparkError";
  /** Spark's error condition, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly errorClass: string | undefined;
  readonly sqlState: string | undefined;
  /** What the condition's text was filled with, such as `objectName`. */
  readonly messageParameters: Readonly<Record<string, string>>;
  /** The places in the query that it is about; the first is marked in the message. */
  readonly queryContexts: readonly QueryContext[];
  /** The server's own trace with its causes, where it sent one. */
  readonly serverTrace: string | undefined;

  constructor(message: string, details: SparkErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.errorClass = details.errorClass;
    this.sqlState = details.sqlState;
    this.messageParameters = details.messageParameters ?? {};
    this.queryContexts = details.queryContexts ?? [];
    this.serverTrace = details.serverTrace;
    // Worth keeping for who looks for them, not worth printing under every message.
    for (const name of ["cause", "serverTrace", "messageParameters", "queryContexts"] as const) {
      Object.defineProperty(this, name, { enumerable: false });
    }
  }

  /** Spark's error condition: {@link errorClass}. */
  getCondition(): string | undefined {
    return this.errorClass;
  }

  /** As PySpark's older programs ask for it: {@link errorClass}. */
  getErrorClass(): string | undefined {
    return this.errorClass;
  }

  /** The five characters of the SQL standard: {@link sqlState}. */
  getSqlState(): string | undefined {
    return this.sqlState;
  }

  /** What the condition's text was filled with: {@link messageParameters}. */
  getMessageParameters(): Readonly<Record<string, string>> {
    return this.messageParameters;
  }

  /** The places in the query: {@link queryContexts}. */
  getQueryContext(): readonly QueryContext[] {
    return this.queryContexts;
  }

  /** The text of the error, its first line the condition. */
  getMessage(): string {
    return this.message;
  }

  /** Without the transport's error, which says the same again with the server's plan: that is in `cause`. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    if (!(this.cause instanceof Error) || this.cause.name !== "ConnectError") {
      return inspect(this, { ...options, customInspect: false });
    }
    const { errorClass, sqlState } = this;
    const said = errorClass || sqlState ? ` ${inspect({ errorClass, sqlState }, options)}` : "";
    return `${this.stack ?? `${this.name}: ${this.message}`}${said}`;
  }
}
