/** The I/O thread: owns the sockets, so that heartbeat, control and interrupts answer while a cell spins. */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { IoThreadData, ToIo, ToMain } from "./bridge.ts";
import { readConnection } from "./connection.ts";
import { endProcess } from "./end-process.ts";
import { FrontEnd } from "./front-end.ts";
import { OutputRing } from "./output-ring.ts";
import { watchParent } from "./parent-watch.ts";
import { unmarkRun } from "./run-marker.ts";
import { Sockets } from "./sockets.ts";

const { connectionFile, ring, port } = workerData as IoThreadData;
/** How long the main thread may take to end by itself. */
const FAREWELL_MS = 1000;

// process.stderr of a thread is written by the main thread, which may be busy.
const log = (text: string) => writeSync(2, `[sightline] ${text}\n`);
const toMain = (message: ToMain) => port.postMessage(message);

function end(): void {
  unmarkRun(connectionFile);
  toMain({ kind: "exit" });
  setTimeout(endProcess, FAREWELL_MS);
}

try {
  const connection = readConnection(connectionFile);
  const sockets = new Sockets();
  const frontEnd = new FrontEnd({ connection, sockets, ring: new OutputRing(ring), toMain, log, end });
  port.on("message", (message: ToIo) => frontEnd.fromMain(message));
  watchParent(() => {
    log("The process that started the kernel is gone, so the kernel ends.");
    end();
  });
  await sockets.bind(connection);
  frontEnd.listen();
} catch (error) {
  log((error as Error).message);
  end();
}
