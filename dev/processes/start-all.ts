import type { Server } from "./server.ts";

/**
 * Starts servers that need each other and waits until all serve.
 * @throws DevError of the first that doesn't come up; none of them runs then
 */
export async function startAll(starts: readonly (() => Server)[]): Promise<Server[]> {
  const servers = starts.map((start) => start());
  try {
    await Promise.all(servers.map((server) => server.ready()));
    return servers;
  } catch (error) {
    await Promise.all(servers.map((server) => server.kill()));
    throw error;
  }
}
