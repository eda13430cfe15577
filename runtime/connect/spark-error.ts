import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import { translateSailMessage } from "./sail-messages.ts";

/**
 * The engine refused or failed. `errorClass` and `sqlState` are Spark's own
 * (https://spark.apache.org/docs/latest/sql-error-conditions.html), where the engine gives them.
 */
export class SparkError extends Error {
  override readonly name: string = "SparkError";
  /** Spark's error condition, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly errorClass: string | undefined;
  readonly sqlState: string | undefined;
  /** The server's own trace, where it sent one. */
  readonly serverTrace: string | undefined;

  constructor(
    message: string,
    details: { errorClass?: string; sqlState?: string; serverTrace?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.errorClass = details.errorClass;
    this.sqlState = details.sqlState;
    this.serverTrace = details.serverTrace;
    // The transport's error is worth keeping for who looks for it, not worth printing under every message.
    Object.defineProperty(this, "cause", { enumerable: false });
  }
}

/** Turns what a call threw into a {@link SparkError}; other errors pass. */
export function toSparkError(error: unknown): unknown {
  if (!(error instanceof ConnectError)) return error;
  const info = errorInfo(error);
  const message = unwrap(error.rawMessage);
  const translated = translateSailMessage(message);
  if (translated)
    return new SparkError(translated.message, { errorClass: translated.errorClass, cause: error });
  const named = /^\[([A-Z][A-Z0-9_.]+)\]\s*/.exec(message);
  return new SparkError(named ? `${named[1]}: ${message.slice(named[0].length)}` : message, {
    errorClass: info.errorClass ?? named?.[1],
    sqlState: info.sqlState ?? /SQLSTATE: ([0-9A-Z]{5})/.exec(message)?.[1],
    serverTrace: info.stackTrace,
    cause: error,
  });
}

/** Whether the connection, not the work, failed: the same call may go through on a new connection. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof ConnectError)) return false;
  return error.code === Code.Unavailable || /^http\/2|ECONN|EPIPE|socket hang up/i.test(error.rawMessage);
}

// Sail wraps the message of each layer in the name of its variant, Spark in its exception's class.
function unwrap(message: string): string {
  return message
    .replace(/^(?:error in DataFusion: |(?:Internal|External|Execution|Arrow) error: )+/i, "")
    .replace(/^\(?(?:org\.apache|java)\.[\w.$]+\)?:?\s*/, "")
    .trim();
}

interface ErrorInfo {
  errorClass?: string;
  sqlState?: string;
  stackTrace?: string;
}

// google.rpc.ErrorInfo: 1 reason, 2 domain, 3 map<string, string> metadata.
function errorInfo(error: ConnectError): ErrorInfo {
  for (const detail of error.details) {
    if (
      !("type" in detail) ||
      detail.type !== "google.rpc.ErrorInfo" ||
      !(detail.value instanceof Uint8Array)
    )
      continue;
    const metadata = new Map<string, string>();
    const reader = new BinaryReader(detail.value);
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (field === 3 && type === WireType.LengthDelimited) {
        const entry = new BinaryReader(reader.bytes());
        const pair = ["", ""];
        while (entry.pos < entry.len) {
          const [part, partType] = entry.tag();
          if (part === 1 || part === 2) pair[part - 1] = entry.string();
          else entry.skip(partType);
        }
        metadata.set(pair[0], pair[1]);
      } else reader.skip(type);
    }
    return {
      errorClass: metadata.get("errorClass"),
      sqlState: metadata.get("sqlState"),
      stackTrace: metadata.get("stackTrace"),
    };
  }
  return {};
}
