// What a server sends beside an error's message: google.rpc.ErrorInfo and google.rpc.RetryInfo.
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { Code, type ConnectError } from "@connectrpc/connect";

/** The metadata of an error's `google.rpc.ErrorInfo`; empty when there is none. */
export function errorMetadata(error: ConnectError): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  // 1 reason, 2 domain, 3 map<string, string> metadata
  for (const [field, entry] of fieldsOf(detail(error, "google.rpc.ErrorInfo"))) {
    if (field !== 3 || !(entry instanceof Uint8Array)) continue;
    const pair = ["", ""];
    for (const [part, text] of fieldsOf(entry)) {
      if (part <= 2 && text instanceof Uint8Array) pair[part - 1] = new TextDecoder().decode(text);
    }
    metadata.set(pair[0], pair[1]);
  }
  return metadata;
}

/** How long the server asks to wait before the next attempt, in milliseconds; undefined when it doesn't ask for one. */
export function retryDelayMs(error: ConnectError): number | undefined {
  const info = detail(error, "google.rpc.RetryInfo");
  if (!info) return undefined;
  let delay = 0;
  // 1 Duration retry_delay { 1 int64 seconds, 2 int32 nanos }
  for (const [field, duration] of fieldsOf(info)) {
    if (field !== 1 || !(duration instanceof Uint8Array)) continue;
    for (const [part, value] of fieldsOf(duration)) delay += Number(value) * (part === 1 ? 1000 : 1e-6);
  }
  return delay;
}

/**
 * Whether the connection, not the work, failed: the same call may go through on a new connection. Besides gRPC's
 * UNAVAILABLE these are the ends of a stream that gRPC's own clients call so.
 */
export function isConnectionLost(error: unknown): boolean {
  if (!isConnectError(error) || isUntrusted(error)) return false;
  return (
    error.code === Code.Unavailable ||
    /^http\/2|^The session has been destroyed|\bECONN|\bEPIPE|\bETIMEDOUT|socket hang up|missing (?:trailer|status)/i.test(
      error.rawMessage,
    )
  );
}

/** Whether nothing listens at the address, so that the server can't have seen the call. */
export function isRefused(error: unknown): boolean {
  return isConnectError(error) && /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH/.test(error.rawMessage);
}

/** Whether the server's certificate isn't one that we trust, or there is none: no attempt more will change that. */
export function isUntrusted(error: unknown): boolean {
  const untrusted =
    /certificate|altnames|wrong version number|packet length too long|ERR_(?:SSL|TLS)_|\bEPROTO\b|\bssl3?_/i;
  // What a server answers has no cause here; it may be about a column called `certificate`.
  if (!isConnectError(error) || (error.cause === undefined && error.code !== Code.Unavailable)) return false;
  return untrusted.test(error.rawMessage);
}

/** Whether who answers speaks something else than Spark Connect. */
export function isOtherProtocol(error: unknown): boolean {
  if (!isConnectError(error)) return false;
  return /^Protocol error$|^HTTP (?:3\d\d|40[045]|415)$|content type|^(?:unknown service|Method not found)/i.test(
    error.rawMessage,
  );
}

/** Whether the server doesn't take who asks. */
export function isUnauthenticated(error: unknown): boolean {
  return isConnectError(error) && error.code === Code.Unauthenticated;
}

/** By name: the class may be loaded twice. */
export function isConnectError(error: unknown): error is ConnectError {
  return error instanceof Error && error.name === "ConnectError";
}

function detail(error: ConnectError, type: string): Uint8Array | undefined {
  for (const each of error.details) {
    if ("type" in each && each.type === type && each.value instanceof Uint8Array) return each.value;
  }
  return undefined;
}

function* fieldsOf(message: Uint8Array | undefined): Generator<[number, Uint8Array | bigint | number]> {
  if (!message) return;
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type === WireType.LengthDelimited) yield [field, reader.bytes()];
    else if (type === WireType.Varint) yield [field, BigInt(reader.int64())];
    else reader.skip(type);
  }
}

/** Whether a message says that a Spark has stopped itself: its process may go on for a while, and can do no more. */
export function saysSparkStopped(message: string): boolean {
  return message.startsWith("Cannot call methods on a stopped SparkContext");
}
