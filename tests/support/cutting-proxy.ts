// A way to a server on which connections break where a test wants them to.
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

export class CuttingProxy {
  readonly port: number;
  /** How many connections were opened through it. */
  opened = 0;
  /** How many of them it broke. */
  cuts = 0;
  /** Whether it breaks each new connection at once. */
  isDown = false;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #answerBytes = Infinity;
  #cutsLeft = 0;
  #isNextRequestLast = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @param connect opens a connection to the server */
  static async start(connect: () => Socket): Promise<CuttingProxy> {
    const server = createServer((client) => proxy.#join(client, connect()));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const proxy: CuttingProxy = new CuttingProxy(server, (server.address() as AddressInfo).port);
    return proxy;
  }

  /** Breaks connections each time one has carried this many bytes of answers, so many times. */
  cutAnswersAfter(bytes: number, times: number): void {
    this.#answerBytes = bytes;
    this.#cutsLeft = times;
  }

  /** Breaks the connection as soon as the server has the next request of some size, before its answer. */
  cutAfterNextRequest(): void {
    this.#isNextRequestLast = true;
  }

  /** Breaks all connections now. */
  cut(): void {
    for (const pair of this.#pairs) this.#break(pair);
  }

  close(): void {
    this.#server.close();
    this.cut();
  }

  #join(client: Socket, server: Socket): void {
    const pair = [client, server] as const;
    this.opened++;
    if (this.isDown) return this.#break(pair);
    this.#pairs.add(pair);
    let answered = 0;
    client.on("data", (data: Buffer) => {
      const isLast = this.#isNextRequestLast && data.length > 200;
      if (isLast) this.#isNextRequestLast = false;
      server.write(data, () => isLast && setTimeout(() => this.#break(pair), 30));
      if (isLast) server.pause();
    });
    server.on("data", (data: Buffer) => {
      answered += data.length;
      const isCut = answered > this.#answerBytes && this.#cutsLeft > 0;
      if (isCut) this.#cutsLeft--;
      if (!client.write(data, () => isCut && this.#break(pair))) {
        server.pause();
        client.once("drain", () => server.resume());
      }
    });
    for (const socket of pair) socket.on("error", () => {}).on("close", () => this.#end(pair));
  }

  #break(pair: readonly [Socket, Socket]): void {
    this.cuts++;
    this.#end(pair);
  }

  #end(pair: readonly [Socket, Socket]): void {
    this.#pairs.delete(pair);
    for (const socket of pair) socket.destroy();
  }
}
