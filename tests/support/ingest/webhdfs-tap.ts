// Stands between an ingest and a NameNode's WebHDFS: sees each request before the NameNode does, so that a test can
// kill or stop the ingest at an exact step of its commit. Requests and answers pass unchanged; data goes straight to
// the DataNodes, as it always does.
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request to the NameNode that the tap has seen. */
export interface TappedRequest {
  /** `CREATE`, `RENAME`, … */
  readonly op: string;
  readonly path: string;
  /** Where a RENAME goes. */
  readonly destination: string;
}

export class WebHdfsTap {
  readonly #server: Server;
  /** Asked before a request is passed on; the request waits for it. */
  beforeRequest: (request: TappedRequest) => void | Promise<void> = () => {};

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param webhdfs where the NameNode answers, `http://127.0.0.1:9870` */
  static async start(webhdfs: string): Promise<WebHdfsTap> {
    const target = new URL(webhdfs);
    const server = createServer((incoming, outgoing) => {
      const url = new URL(incoming.url!, webhdfs);
      const tapped = {
        op: (url.searchParams.get("op") ?? "").toUpperCase(),
        path: decodeURIComponent(url.pathname.replace(/^\/webhdfs\/v1/, "")),
        destination: url.searchParams.get("destination") ?? "",
      };
      void Promise.resolve(tap.beforeRequest(tapped)).then(() => {
        const { method, headers, url: path } = incoming;
        const passed = request(
          { host: target.hostname, port: target.port, method, path, headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode!, answer.headers);
            answer.pipe(outgoing);
          },
        );
        passed.on("error", () => outgoing.destroy());
        outgoing.on("error", () => passed.destroy());
        incoming.pipe(passed);
      });
    });
    const tap = new WebHdfsTap(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return tap;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
