/** The kernel's process: sockets in a thread of their own, user code here. Run by Jupyter with a connection file. */
import { MessageChannel, Worker } from "node:worker_threads";
import { OutputRing } from "./protocol/output-ring.ts";

const [connectionFile] = process.argv.slice(2);
if (!connectionFile) {
  process.stderr.write("No connection file was given.\nStart the kernel through Jupyter: npm start\n");
  process.exit(1);
}

// The sockets come first: they answer while this thread loads what cells need.
const ring = new OutputRing();
const { port1: port, port2: ioPort } = new MessageChannel();
const io = new Worker(new URL("./protocol/io-thread.ts", import.meta.url), {
  workerData: { connectionFile, ring: ring.memory, port: ioPort },
  transferList: [ioPort],
});

const { startSession } = await import("./execution/session.ts");
startSession({ connectionFile, ring, port, io });
