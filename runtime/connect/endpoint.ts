// Where an engine listens, and the connection strings that say so.
import type { Socket } from "node:net";
import { userInfo } from "node:os";
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
const known = new Set(["token", "user_id", "use_ssl", "session_id", "user_agent"]);

/**
 * Reads a Spark Connect connection string: `sc://host:port/;token=…;user_id=…;use_ssl=true`.
 * A token implies TLS, as in PySpark, unless the host is this machine. Parameters that Spark doesn't know are headers.
 * @throws PlanError when it isn't one; the token is never repeated
 * @see https://github.com/apache/spark/blob/master/sql/connect/docs/client-connection-string.md
 */
export function parseConnectionString(text: string): Endpoint {
  const match = /^sc:\/\/(\[[0-9a-fA-F:.]+\]|[^/:;]+)(?::(\d{1,5}))?(?:\/(?:;(.*))?)?$/s.exec(text);
  const port = Number(match?.[2] ?? defaultPort);
  if (!match || port > 65535) {
    throw new PlanError(
      `Not a Spark Connect connection string: "${text.replace(/;.*/s, ";…")}"`,
      'Write "sc://host:15002", with parameters as in "sc://host:15002/;token=…;use_ssl=true".',
    );
  }
  const parameters = new Map<string, string>();
  for (const pair of (match[3] ?? "").split(";").filter(Boolean)) {
    const at = pair.indexOf("=");
    if (at < 1) {
      throw new PlanError(
        "A parameter of the connection string has no value.",
        "Write each as name=value, separated by semicolons.",
      );
    }
    parameters.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)));
  }
  const host = match[1].replace(/^\[|\]$/g, "");
  const token = parameters.get("token");
  const isLoopback = host === "localhost" || host === "::1" || host.startsWith("127.");
  const tls = parameters.get("use_ssl");
  return {
    host,
    port,
    useTls: tls === undefined ? token !== undefined && !isLoopback : tls.toLowerCase() === "true",
    token,
    userId: parameters.get("user_id") ?? defaultUser(),
    sessionId: parameters.get("session_id"),
    userAgent: parameters.get("user_agent"),
    headers: Object.fromEntries([...parameters].filter(([name]) => !known.has(name))),
  };
}

/** The account's name, as PySpark sends it. */
export function defaultUser(): string {
  return process.env.USER ?? userInfo().username;
}
