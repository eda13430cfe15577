import { readFileSync } from "node:fs";
import { KernelError } from "../kernel-error.ts";

/** The connection file that Jupyter writes before it starts a kernel. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
}

export type Channel = "shell" | "control" | "iopub" | "stdin" | "hb";

/** @throws KernelError when the file can't be read or lacks a port */
export function readConnection(path: string): Connection {
  let connection: Partial<Connection>;
  try {
    connection = JSON.parse(readFileSync(path, "utf8")) as Partial<Connection>;
  } catch (error) {
    throw new KernelError(
      `The connection file ${path} can't be read: ${(error as Error).message}.\nStart the kernel through Jupyter, which writes this file.`,
    );
  }
  for (const channel of ["shell", "control", "iopub", "stdin", "hb"] as const) {
    if (typeof connection[`${channel}_port`] !== "number") {
      throw new KernelError(
        `The connection file ${path} has no ${channel}_port.\nStart the kernel through Jupyter, which writes this file.`,
      );
    }
  }
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    key: "",
    signature_scheme: "hmac-sha256",
    ...connection,
  } as Connection;
}

/** The zeromq address of a channel. */
export function addressOf(connection: Connection, channel: Channel): string {
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${connection[`${channel}_port`]}`;
}
