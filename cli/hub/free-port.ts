import { type AddressInfo, createServer } from "node:net";

/** A port of 127.0.0.1 that nobody listens on now, for programs that talk among themselves. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
  });
}
