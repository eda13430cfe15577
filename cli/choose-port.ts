import { createServer } from "node:net";
import { CommandError } from "./command-error.ts";

const tries = 200;

/** How a command looks for its port. */
export interface PortSearch {
  /** Where to begin. */
  readonly first: number;
  /** How people start it: `npm start`. */
  readonly command: string;
  /** Where to see who has a port; without it, where the search begins is said. */
  readonly others?: string;
}

/**
 * The port to serve on: the wanted one if it is free, else the first free one.
 * @throws CommandError when the wanted port or the address can't be had
 */
export async function choosePort(
  wanted: number | undefined,
  ip: string,
  search: PortSearch,
): Promise<number> {
  const { first, command } = search;
  if (wanted !== undefined) {
    const code = await whyNoPort(wanted, ip);
    if (code === undefined) return wanted;
    throw refusal(wanted, ip, code, search);
  }
  for (let port = first; port < first + tries; port++) {
    const code = await whyNoPort(port, ip);
    if (code === undefined) return port;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw refusal(port, ip, code, search);
  }
  throw new CommandError(
    `No port from ${first} to ${first + tries - 1} is free on ${ip}.\nName one: ${command} -- --port 9999`,
  );
}

/** Whether another program listens there now. */
export async function isTaken(port: number, ip: string): Promise<boolean> {
  return (await whyNoPort(port, ip)) === "EADDRINUSE";
}

/** Tries to listen; the error's code, or undefined when it worked. */
export function whyNoPort(port: number, ip: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: ip, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function refusal(
  port: number,
  ip: string,
  code: string,
  { first, command, others }: PortSearch,
): CommandError {
  if (code === "EADDRINUSE")
    return new CommandError(
      `Port ${port} is in use by another program.\n` +
        `Leave --port out to take the next free one${others ? `, or see ${others}` : ` from ${first}`}.`,
    );
  if (code === "EACCES")
    return new CommandError(
      `Port ${port} is not open to this account.\nUse one above 1023: ${command} -- --port ${first}`,
    );
  return new CommandError(
    `This machine can't listen on ${ip} (${code}).\nLeave --ip out for 127.0.0.1, or name an address of this machine.`,
  );
}
