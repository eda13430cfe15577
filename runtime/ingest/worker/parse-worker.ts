import { Worker } from "node:worker_threads";
import type { FieldSummary, TableSchema } from "../columns/table-schema.ts";
import type { ParsedRecords } from "../parse-records.ts";
import type { RecordBatch } from "../source/record-batch.ts";
import type { FinishedCut, FromWorker, OpenPartition, ToWorker } from "./messages.ts";

/** What a partition's open cut has come to. */
export interface CutState {
  /** How many cuts the partition had before it. */
  readonly cut: number;
  readonly rows: number;
  readonly heldBytes: number;
}

/** A worker thread and the partitions it parses; what was sent and not parsed yet is counted in `pendingBytes`. */
export class ParseWorker {
  readonly #worker: Worker;
  readonly #onParsed: (writer: number, state: CutState, addedRows: number) => void;
  readonly #requests = new Map<number, PromiseWithResolvers<FromWorker>>();
  #lastRequest = 0;
  #failure: Error | undefined;
  pendingBytes = 0;

  /** @param onFailed the thread itself has ended, out of memory for example */
  constructor(
    onParsed: (writer: number, state: CutState, addedRows: number) => void,
    onFailed: (error: Error) => void,
  ) {
    this.#onParsed = onParsed;
    this.#worker = new Worker(new URL("./main.ts", import.meta.url));
    this.#worker.on("message", (message: FromWorker) => this.#take(message));
    this.#worker.on("error", (error: Error) => {
      this.#failure = error;
      this.pendingBytes = 0;
      for (const { reject } of this.#requests.values()) reject(error);
      this.#requests.clear();
      onFailed(error);
    });
  }

  open(writer: number, options: OpenPartition): void {
    this.#send({ kind: "open", writer, options });
  }

  add(writer: number, batch: RecordBatch, parsed?: ParsedRecords): void {
    // What waits for it would wait for ever: its requests say why.
    if (this.#failure) return;
    const batches = parsed ? [batch, parsed.events] : [batch];
    for (const { bytes } of batches) this.pendingBytes += bytes.length;
    const buffers = batches.flatMap(({ bytes, ends, offsets, timestamps }) =>
      [bytes, ends, offsets, timestamps].map(({ buffer }) => buffer),
    );
    this.#send({ kind: "records", writer, batch, parsed }, buffers);
  }

  /** Closes the open cut to further records, and tells which fields it has. */
  async cut(writer: number): Promise<readonly FieldSummary[]> {
    const answer = await this.#ask((request) => ({ kind: "cut", writer, request }));
    return (answer as FromWorker & { kind: "fields" }).fields;
  }

  /** Encodes the cut that was closed. */
  async finish(writer: number, schema: TableSchema): Promise<FinishedCut> {
    const answer = await this.#ask((request) => ({ kind: "finish", writer, request, schema }));
    return answer as FromWorker & { kind: "finished" };
  }

  /** Forgets a partition, with whatever it held. */
  close(writer: number): void {
    this.#send({ kind: "close", writer });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask(make: (request: number) => ToWorker): Promise<FromWorker> {
    if (this.#failure) throw this.#failure;
    const request = ++this.#lastRequest;
    const answer = Promise.withResolvers<FromWorker>();
    this.#requests.set(request, answer);
    this.#send(make(request));
    return answer.promise;
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #take(message: FromWorker): void {
    if (message.kind === "parsed") {
      this.pendingBytes -= message.batchBytes;
      this.#onParsed(message.writer, message, message.addedRows);
      return;
    }
    const request = this.#requests.get(message.request);
    this.#requests.delete(message.request);
    if (message.kind === "failed") request?.reject(new Error(message.message));
    else request?.resolve(message);
  }
}
