// A worker thread that turns records into Parquet, so that the main thread's group membership never waits for it.
import { isMarkedAsUntransferable, parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./messages.ts";
import { OpenCut } from "./open-cut.ts";

const port = parentPort!;
const cuts = new Map<number, OpenCut>();
const closing = new Map<number, OpenCut>();

function answer(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function take(message: ToWorker): void {
  const { writer } = message;
  switch (message.kind) {
    case "open":
      cuts.set(writer, new OpenCut(message.options));
      return;
    case "records": {
      const cut = cuts.get(writer);
      const before = cut?.rows ?? 0;
      cut?.add(message.batch, message.parsed);
      const { number = 0, rows = 0, heldBytes = 0 } = cut ?? {};
      const batchBytes = message.batch.bytes.length + (message.parsed?.events.bytes.length ?? 0);
      const addedRows = rows - before;
      answer({ kind: "parsed", writer, batchBytes, addedRows, cut: number, rows, heldBytes });
      return;
    }
    case "cut": {
      const cut = cuts.get(writer)!;
      closing.set(writer, cut);
      cuts.set(writer, cut.next());
      answer({ kind: "fields", request: message.request, fields: cut.fields() });
      return;
    }
    case "finish": {
      const finished = closing.get(writer)!.finish(message.schema);
      closing.delete(writer);
      const buffers = [...finished.files, finished.deadLetters].flatMap((file) => file?.bytes.buffer ?? []);
      // Small ones lie in a block that Node shares between them, which can only be copied.
      const own = buffers.filter((buffer) => !isMarkedAsUntransferable(buffer));
      answer({ kind: "finished", request: message.request, ...finished }, own);
      return;
    }
    case "close":
      cuts.delete(writer);
      closing.delete(writer);
  }
}

port.on("message", (message: ToWorker) => {
  try {
    take(message);
  } catch (error) {
    if (!("request" in message)) throw error;
    answer({ kind: "failed", request: message.request, message: String((error as Error).stack ?? error) });
  }
});
