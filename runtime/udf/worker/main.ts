// The process on the executor that runs functions over columns: one call after the other, from the shim's pipe.
//
// Input, little endian, for each call: uint32 bytes of a JSON object ({ cancelFile, key }), the object, uint32 bytes of
// the function (0 when this process got it before, under `key`), the function (a FunctionSpec in V8's format), then
// Arrow streams, each after its uint32 size; a size of 0 is the end of the call's input. Output: the messages of
// runtime/rdd/worker/batch-output.ts and what is printed, to the file descriptor in argv; after it comes the process
// id of the executor.
import { isMainThread } from "node:worker_threads";
import { accumulatorUpdates } from "../../rdd/worker/accumulator-updates.ts";
import { BatchOutput } from "../../rdd/worker/batch-output.ts";
import { sweepBroadcasts } from "../../rdd/worker/broadcast-value.ts";
import { ConsoleCapture } from "../../rdd/worker/console-capture.ts";
import { closureFailure, failureText } from "../../rdd/worker/failure-text.ts";
import { readFully, writeFully } from "../../rdd/worker/pipes.ts";
import { startWatchdog, watch } from "../../rdd/worker/watchdog.ts";
import { FunctionCall } from "./function-call.ts";
import { loadFunction, type LoadedFunction } from "./load-function.ts";

const minNodeMajor = 22;
const consoleMessage = 5;

function serve(): void {
  const program = process.argv[1];
  const outputFd = Number(process.argv[2]);
  const write = (bytes: Uint8Array) => writeFully(outputFd, bytes);
  const output = new BatchOutput(write);
  const tellWatchdog = startWatchdog(program, Number(process.argv[3]));
  const console = new ConsoleCapture();
  console.install();
  const functions = new Map<string, LoadedFunction>();
  for (;;) {
    const head = readSized();
    if (!head) process.exit(0);
    const { cancelFile, key } = JSON.parse(head.toString()) as { cancelFile: string; key: string };
    tellWatchdog(cancelFile);
    const payload = readSized();
    if (!payload) process.exit(0);
    output.ready();
    sweepBroadcasts();
    const failure = nodeFailure() ?? call(key, payload);
    say(console.take());
    if (!failure) accumulatorUpdates.write();
    if (failure) {
      // What is left of the input can't be told from the next call.
      output.failure(failureText(failure));
      process.exit(1);
    }
    output.complete();
    tellWatchdog("");
  }

  function call(key: string, payload: Buffer) {
    try {
      if (payload.length > 0) functions.set(key, loadFunction(payload));
    } catch (error) {
      return closureFailure(error, program, "", 0);
    }
    return new FunctionCall(functions.get(key)!, { output, program, say: () => say(console.take()) }).run(
      streams(),
    );
  }

  function* streams(): Generator<Buffer> {
    for (;;) {
      const bytes = readSized();
      if (!bytes) process.exit(0);
      if (bytes.length === 0) return;
      yield bytes;
    }
  }

  function readSized(): Buffer | undefined {
    const size = Buffer.alloc(4);
    if (!readFully(0, size)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size.readUInt32LE());
    return readFully(0, bytes) ? bytes : undefined;
  }

  function say(lines: string[]): void {
    if (lines.length === 0) return;
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    write(new Uint8Array(Uint32Array.of(consoleMessage, bytes.length, 0).buffer));
    write(bytes);
  }
}

function nodeFailure() {
  const { node } = process.versions;
  if (Number(node.split(".")[0]) >= minNodeMajor) return undefined;
  return { kind: "node", message: `The executor's Node is ${node} (${process.execPath}).` } as const;
}

if (isMainThread) serve();
else watch();
