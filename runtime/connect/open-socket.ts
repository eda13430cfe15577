import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Endpoint } from "./endpoint.ts";

/** A connection to an endpoint that doesn't keep the process running by itself. */
export function openSocket({ host, port, useTls }: Endpoint): Socket {
  const socket = useTls
    ? connectTls({ host, port, servername: host, ALPNProtocols: ["h2"] })
    : connectTcp({ host, port });
  return socket.unref();
}
