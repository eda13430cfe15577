import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A way to a NameNode on which each change is carried out, its first answer lost, and the request comes again late. */
export interface LossyProxy {
  readonly address: string;
  /** How many answers of RENAME were lost. */
  readonly lostRenames: number;
  /** Settles when every late request has been answered. */
  settled(): Promise<void>;
  close(): void;
}

export async function startLossyProxy(nameNode: string, lateMs: () => number): Promise<LossyProxy> {
  const seen = new Set<string>();
  const late: Promise<unknown>[] = [];
  let lostRenames = 0;
  const server = createServer(async (incoming, outgoing) => {
    const url = incoming.url!;
    const answer = await send(nameNode, url, incoming.method!).catch(() => undefined);
    const isChange = incoming.method !== "GET" && !url.includes("op=CREATE");
    if (isChange && !seen.has(url)) {
      seen.add(url);
      if (url.includes("op=RENAME")) lostRenames++;
      late.push(sleep(lateMs()).then(() => send(nameNode, url, incoming.method!)));
      incoming.socket.destroy();
    } else if (answer) {
      outgoing.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    } else incoming.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get lostRenames() {
      return lostRenames;
    },
    settled: async () => {
      for (let done = 0; done < late.length; done = late.length) await Promise.all(late);
    },
    close: () => server.close(),
  };
}

async function send(to: string, path: string, method: string): Promise<{ status: number; body: Buffer }> {
  const sent = request(new URL(path, to), { method, headers: { "content-length": 0 } }).end();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve).once("error", reject);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode!, body: Buffer.concat(chunks) };
}
