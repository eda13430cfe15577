// A thread of the worker, which lives while the main one spins in a user's loop: it ends the process, with what that
// has started, when the executor that started it is gone, when the job was cancelled, or when it uses too much memory.
import { existsSync, writeSync } from "node:fs";
import { parentPort, Worker, workerData } from "node:worker_threads";

const periodMs = 200;
const startMs = 10_000;
const stderrFd = 2;

interface Watched {
  readonly parent: number;
  /** 0 = any number. */
  readonly memoryMb: number;
  /** Becomes 1 when the thread runs. */
  readonly started: Int32Array;
}

/** Runs in the thread. Gets the path whose appearance cancels the job, or "". */
export function watch(): void {
  const { parent, memoryMb, started } = workerData as Watched;
  Atomics.store(started, 0, 1);
  Atomics.notify(started, 0);
  let cancelFile = "";
  parentPort?.on("message", (path: string) => (cancelFile = path));
  setInterval(() => {
    if (process.ppid !== parent || (cancelFile !== "" && existsSync(cancelFile))) end();
    const usedMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
    if (memoryMb === 0 || usedMb <= memoryMb) return;
    // The shim finds it in what the process said last.
    writeSync(stderrFd, `memory limit reached: ${usedMb} of ${memoryMb} MB\n`);
    end();
  }, periodMs);
}

/**
 * Starts the thread; returns what tells it the next job's cancel file.
 * @param parent the executor's process id, from itself: asking for it here is too late if it is gone by now
 * @param memoryMb what the whole process may use
 */
export function startWatchdog(
  program: string,
  parent: number,
  memoryMb = Number(process.argv[4] ?? 0),
): (cancelFile: string) => void {
  const started = new Int32Array(new SharedArrayBuffer(4));
  const watched: Watched = { parent, memoryMb, started };
  const thread = new Worker(program, { workerData: watched, stdout: false, stderr: false });
  thread.unref();
  return (cancelFile) => {
    // The shim limits the process by what it has reserved when it is ready, and the thread reserves as much again.
    Atomics.wait(started, 0, 0, startMs);
    thread.postMessage(cancelFile);
  };
}

function end(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL"); // it leads no group: somebody started it by hand
  }
}
