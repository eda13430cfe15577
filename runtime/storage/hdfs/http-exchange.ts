// One request and its answer, over node:http: fetch fails on the "100 Continue" that DataNodes send.
import { createReadStream } from "node:fs";
import { type Agent, type IncomingMessage, request } from "node:http";

// A page of 1000 names is half a megabyte, the list of a thousand DataNodes one.
const maxAnswerBytes = 64 * 2 ** 20;
// Who doesn't know "100 Continue" gets the body after this, as RFC 9110 (10.1.1) advises.
const continueMs = 5000;

export interface ExchangeOptions {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly agent: Agent;
  /** How long a connection may take. */
  readonly connectMs: number;
  /** How long nothing may move. */
  readonly idleMs: number;
  /** How long all of it may take. */
  readonly totalMs: number;
  /** Sent once the server says that it takes it. */
  readonly body?: Uint8Array | LocalFile;
  /** Gets what a good answer holds, as it arrives, instead of `body`. */
  readonly onData?: (chunk: Buffer) => void;
}

/** A file of this machine, to be sent as it is. */
export interface LocalFile {
  readonly path: string;
  /** In bytes. */
  readonly length: number;
}

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: Buffer;
}

/** There was no whole answer. The request may have been carried out all the same. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  /** The server had closed the connection that was kept from an earlier request. */
  readonly isStale: boolean;
  /** Nobody took the connection. */
  readonly isUnconnected: boolean;
  /** It was given up because all the time was used, for whatever reason. */
  readonly isCut: boolean;
  constructor(
    message: string,
    how: { isStale?: boolean; isUnconnected?: boolean; isCut?: boolean; cause?: unknown },
  ) {
    super(message, { cause: how.cause });
    this.isStale = how.isStale ?? false;
    this.isUnconnected = how.isUnconnected ?? false;
    this.isCut = how.isCut ?? false;
  }
}

/**
 * Sends one request; follows no redirect.
 * @throws NoAnswer when the server can't be reached, falls silent, or ends before the answer does
 */
export function exchange(url: URL, options: ExchangeOptions): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { body } = options;
  const sent = request(url, {
    method: options.method,
    agent: options.agent,
    headers: body
      ? { "content-type": "application/octet-stream", "content-length": body.length, expect: "100-continue" }
      : options.method === "PUT"
        ? { "content-length": 0 }
        : {},
  });
  let isConnected = false;
  const cut = () => fail(`no end in ${seconds(options.totalMs)}`, undefined, true);
  const timers = [setTimeout(cut, options.totalMs)];
  const fail = (message: string, cause?: unknown, isCut = false) => {
    const isStale = sent.reusedSocket && isClosed(cause);
    reject(new NoAnswer(message, { isStale, isUnconnected: !isConnected, isCut, cause }));
    sent.destroy();
  };
  sent.setTimeout(options.idleMs, () => fail(`silent for ${seconds(options.idleMs)}`));
  sent.on("error", (error) =>
    fail(error.message || (error as NodeJS.ErrnoException).code || "closed", error),
  );
  sent.on("socket", (socket) => {
    isConnected = !socket.connecting;
    if (isConnected) return;
    const timer = setTimeout(() => fail(`no connection in ${seconds(options.connectMs)}`), options.connectMs);
    timers.push(timer);
    socket.once("connect", () => {
      isConnected = true;
      clearTimeout(timer);
    });
  });
  sent.on("response", (response) => receive(response, options, fail).then(resolve, reject));
  if (body) {
    let isSending = false;
    const sendBody = () => {
      if (sent.writableEnded || isSending) return;
      isSending = true;
      if (body instanceof Uint8Array) sent.end(body);
      else
        createReadStream(body.path, { highWaterMark: 1 << 20 })
          .on("error", (error) => fail(error.message, error))
          .pipe(sent);
    };
    sent.once("continue", sendBody);
    timers.push(setTimeout(sendBody, continueMs));
    sent.flushHeaders();
  } else sent.end();
  return promise.finally(() => {
    timers.forEach(clearTimeout);
    // Refused before the body was sent: this connection is of no more use.
    if (!sent.writableFinished) sent.destroy();
  });
}

async function receive(
  response: IncomingMessage,
  options: ExchangeOptions,
  fail: (message: string, cause?: unknown) => void,
): Promise<Answer> {
  const chunks: Buffer[] = [];
  const status = response.statusCode ?? 0;
  const { onData } = status === 200 ? options : {};
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (onData) onData(chunk);
      else if (length > maxAnswerBytes) throw new Error(`an answer of more than ${maxAnswerBytes} bytes`);
      else chunks.push(chunk);
    }
  } catch (error) {
    fail(`the answer broke off: ${(error as Error).message}`, error);
    throw new NoAnswer(`the answer broke off: ${(error as Error).message}`, { cause: error });
  }
  return { status, location: response.headers.location, body: Buffer.concat(chunks) };
}

function isClosed(cause: unknown): boolean {
  return ["ECONNRESET", "EPIPE"].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? "");
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
