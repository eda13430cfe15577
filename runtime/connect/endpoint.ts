// Where an engine listens, and the connection strings that say so.
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { release, userInfo } from "node:os";
import { getCACertificates } from "node:tls";
import { inspect } from "node:util";
import { PlanError } from "./plan-error.ts";

/** An address of a Spark Connect server and how to introduce oneself there. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly useTls: boolean;
  /** Opens each connection, where a plain one to host and port isn't let in. */
  readonly connect?: () => Socket;
  readonly token?: string;
  readonly userId: string;
  /** A session to join; default: a new one. */
  readonly sessionId?: string;
  readonly userAgent?: string;
  /** Further headers, sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
}

const defaultPort = 15002;
const maxUserAgent = 2048;
const known = new Set(["token", "user_id", "use_ssl", "session_id", "user_agent"]);
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const shape = 'Write "sc://host:15002", with parameters as in "sc://host:15002/;token=…;use_ssl=true".';

/**
 * Reads a Spark Connect connection string as PySpark does: `sc://host:port/;token=…;user_id=…;use_ssl=true`.
 * Values are percent-encoded. A token, here or in `SPARK_CONNECT_AUTHENTICATE_TOKEN`, means TLS, whatever `use_ssl`
 * says; only to this machine it may go without. Parameters that Spark doesn't know are headers of every call.
 * @throws PlanError when it isn't one; values of parameters are never repeated
 * @see https://github.com/apache/spark/blob/master/sql/connect/docs/client-connection-string.md
 */
export function parseConnectionString(text: string): Endpoint {
  const match = /^sc:\/\/(\[[0-9a-fA-F:.]+\]|[^/:;?#@\s]+)(?::(\d{1,5}))?(?:\/?(?:;(.*))?)?$/s.exec(text);
  const port = Number(match?.[2] ?? defaultPort);
  if (!match || port === 0 || port > 65535) {
    const shown = text.replace(/;.*/s, ";…").replace(/\/\/.*@/, "//…@");
    throw new PlanError(`Not a Spark Connect connection string: "${shown}"${whyNot(text)}`, shape);
  }
  const parameters = readParameters(match[3] ?? "");
  const host = match[1].replace(/^\[|\]$/g, "");
  const token = parameters.get("token") ?? process.env.SPARK_CONNECT_AUTHENTICATE_TOKEN;
  const isLoopback = host === "localhost" || host === "::1" || /^127(?:\.\d+){3}$/.test(host);
  const useSsl = parameters.get("use_ssl")?.toLowerCase() ?? "false";
  if (useSsl !== "true" && useSsl !== "false") {
    throw new PlanError(
      `The use_ssl of the connection string is neither true nor false: "${useSsl}"`,
      "Pass use_ssl=true for TLS, or leave it out.",
    );
  }
  const asksForTls = useSsl === "true";
  const sessionId = parameters.get("session_id");
  if (sessionId !== undefined && !uuid.test(sessionId)) {
    throw new PlanError(
      `The session_id of the connection string is no UUID: "${sessionId}"`,
      "Pass one as in session_id=123e4567-e89b-42d3-a456-426614174000, or leave it out for a new session.",
    );
  }
  const endpoint: Endpoint = {
    host,
    port,
    useTls: asksForTls || (token !== undefined && !isLoopback),
    token,
    userId: parameters.get("user_id") ?? defaultUser(),
    sessionId,
    userAgent: checkedUserAgent(parameters.get("user_agent") ?? process.env.SPARK_CONNECT_USER_AGENT),
    headers: Object.fromEntries([...parameters].filter(([name]) => !known.has(name))),
  };
  return Object.defineProperty(endpoint, inspect.custom, {
    value: () => `Endpoint { ${host}:${port}${endpoint.useTls ? ", TLS" : ""} }`,
  });
}

/** The account's name, as PySpark sends it. */
export function defaultUser(): string {
  return process.env.SPARK_USER ?? process.env.USER ?? userInfo().username;
}

/** How the client calls itself to the server. */
export function clientTypeOf({ userAgent }: Endpoint): string {
  clientSuffix ??= `os/${process.platform} (${release()}) node/${process.versions.node}`;
  return `${userAgent ?? "sightline"} ${clientSuffix}`;
}
let clientSuffix: string | undefined;

/**
 * How Node opens the connections. Of certificates it trusts the usual ones, or in their place those of
 * `GRPC_DEFAULT_SSL_ROOTS_FILE_PATH`, if that is set, as gRPC does; and those of `NODE_EXTRA_CA_CERTS`.
 * @throws PlanError when that file can't be read
 */
export function connectionOptions({ connect, useTls }: Endpoint): {
  createConnection?: () => Socket;
  ca?: (Buffer | string)[];
} {
  if (connect) return { createConnection: connect };
  const roots = process.env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH;
  if (!useTls || !roots) return {};
  try {
    return { ca: [readFileSync(roots), ...getCACertificates("extra")] };
  } catch (error) {
    throw new PlanError(
      `The certificates of GRPC_DEFAULT_SSL_ROOTS_FILE_PATH can't be read: ${(error as Error).message}`,
      "Let it name a PEM file, or unset it; NODE_EXTRA_CA_CERTS adds certificates to the usual ones.",
      { cause: error },
    );
  }
}

function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split(";").filter(Boolean)) {
    const [name, value, more] = pair.split("=");
    if (name === "" || value === undefined || more !== undefined) {
      throw new PlanError(
        `The parameter ${/^[\w-]+$/.test(name) ? `"${name}" ` : ""}of the connection string isn't one name and one value.`,
        "Write each as name=value, separated by semicolons, and = ; and % in values as %3D %3B %25.",
      );
    }
    const decoded = decode(name, value);
    if (!known.has(name) && (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[^\t\u0020-\u007e]/.test(decoded))) {
      throw new PlanError(
        `The parameter "${name}" of the connection string can't be sent as a header.`,
        "Headers are of ASCII, as in x-tenant=blue.",
      );
    }
    parameters.set(name, decoded);
  }
  return parameters;
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new PlanError(
      `The value of "${name}" in the connection string isn't percent-encoded UTF-8.`,
      "Encode it: encodeURIComponent(value); a % alone is %25.",
    );
  }
}

function checkedUserAgent(agent: string | undefined): string | undefined {
  const length = agent === undefined ? 0 : encodeURIComponent(agent).length;
  if (length <= maxUserAgent) return agent;
  throw new PlanError(
    `The user_agent of the connection string has ${length} characters, percent-encoded; ${maxUserAgent} are allowed.`,
    "Pass a shorter one, as in user_agent=nightly.",
  );
}

function whyNot(text: string): string {
  if (!text.startsWith("sc://")) return " doesn't begin with sc://.";
  const place = /^sc:\/\/([^;]*)/s.exec(text)![1];
  if (place === "" || place.startsWith("/") || place.startsWith(":")) return " names no host.";
  if (/^[^/@]*@/.test(place)) return " has a user before the host; that is the parameter user_id.";
  if (/\/./.test(place)) return ` has a path, "${place.replace(/^[^/]*/, "")}".`;
  if (/^[^[].*:.*:/.test(place)) return ": an IPv6 address goes into brackets.";
  if (/\[/.test(place) ? /\]:/.test(place) : /:/.test(place)) return " has a port that isn't one.";
  return ".";
}
