// The HTTP/2 sessions of a client, one after the other.
import { Http2SessionManager, type Http2SessionOptions } from "@connectrpc/connect-node";
import type { ClientHttp2Session, ClientSessionOptions, SecureClientSessionOptions } from "node:http2";

interface SessionState {
  readonly t: string;
  readonly conn?: ClientHttp2Session;
}

/**
 * Connections to `url`, opened again as needed. A server of another protocol fails a session after the manager has
 * taken its own listener away, when it is closed just then; without another the error would end the process.
 */
export function http2Sessions(
  url: string,
  pings: Http2SessionOptions,
  options: ClientSessionOptions | SecureClientSessionOptions,
): Http2SessionManager {
  const manager = new Http2SessionManager(url, pings, options);
  const open = manager as unknown as { setState(state: SessionState): void };
  const setState = open.setState.bind(manager);
  open.setState = (state) => {
    if (state.t === "ready") state.conn?.on("error", () => {});
    setState(state);
  };
  return manager;
}
