// The process on the executor that runs the user's functions: one stage after the other, from the shim's pipe.
//
// Input, little endian: uint32 bytes of the cancel file's path, the path, uint32 bytes of the stage, the stage
// (V8's format), then an Arrow stream. Output: the messages of batch-output.ts, to the file descriptor in argv;
// after it comes the process id of the executor.
import { isMainThread, workerData } from "node:worker_threads";
import { BatchOutput } from "./batch-output.ts";
import { ConsoleCapture } from "./console-capture.ts";
import { pump } from "./files/pumped-stream.ts";
import { failureText } from "./failure-text.ts";
import { readFully, writeFully } from "./pipes.ts";
import { runStage } from "./run-stage.ts";
import { startWatchdog, watch } from "./watchdog.ts";

const minNodeMajor = 22;

async function serve(): Promise<void> {
  const program = process.argv[1];
  const outputFd = Number(process.argv[2]);
  const output = new BatchOutput((bytes) => writeFully(outputFd, bytes));
  const read = (target: Uint8Array) => readFully(0, target);
  const tellWatchdog = startWatchdog(program, Number(process.argv[3]));
  const console = new ConsoleCapture();
  console.install();
  for (;;) {
    const cancelFile = readText();
    if (cancelFile === undefined) process.exit(0);
    tellWatchdog(cancelFile);
    const payload = readSized();
    if (!payload) process.exit(0);
    output.ready();
    const failure = nodeFailure() ?? (await runStage({ payload, read, output, console, program }));
    if (failure) {
      // What is left of the input can't be told from the next stage.
      output.failure(failureText(failure));
      process.exit(1);
    }
    output.complete();
    // A timer that a function has left would go off in another job's stage; the shim takes another worker then.
    if (process.getActiveResourcesInfo().includes("Timeout")) process.exit(0);
    tellWatchdog("");
  }

  function readSized(): Buffer | undefined {
    const size = Buffer.alloc(4);
    if (!read(size)) return undefined;
    const bytes = Buffer.allocUnsafe(size.readUInt32LE());
    return read(bytes) ? bytes : undefined;
  }

  function readText(): string | undefined {
    return readSized()?.toString();
  }
}

function nodeFailure() {
  const { node } = process.versions;
  if (Number(node.split(".")[0]) >= minNodeMajor) return undefined;
  return { kind: "node", message: `The executor's Node is ${node} (${process.execPath}).` } as const;
}

if (isMainThread) void serve();
// What it needs of HTTP takes long to load, and few workers use it.
else if (workerData === pump.workerData) void import("./files/pump-thread.ts").then((it) => it.servePump());
else watch();
