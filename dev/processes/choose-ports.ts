import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { DevError } from "../dev-error.ts";

// Below what systems give to outgoing connections, which could otherwise take the port of a server while it restarts.
const lowest = 20_000;
const highest = 32_000;

/**
 * Ports of 127.0.0.1 on which nobody listens now.
 * @param count how many
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(lowest, highest);
    if (!(await isTaken(port))) ports.add(port);
  }
  return [...ports];
}

/**
 * Checks that a port that somebody asked for can be had.
 * @throws DevError when it can't
 */
export async function requirePort(port: number, user: string): Promise<number> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new DevError(`${port} is no port for ${user}.`, "Use a number from 1 to 65535.");
  if (await isTaken(port))
    throw new DevError(
      `Port ${port}, which ${user} should get, is in use by another program.`,
      "Name another port, or leave it out to take a free one.",
    );
  return port;
}

/** Whether a port of 127.0.0.1 can't be listened on. */
export function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(true));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(false)));
  });
}
