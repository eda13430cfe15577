// A thread of the worker, which lives while the main one spins in a user's loop: it ends the process when the
// executor that started it is gone, or when the job was cancelled.
import { existsSync } from "node:fs";
import { parentPort, Worker, workerData } from "node:worker_threads";

const periodMs = 200;

/** Runs in the thread. Gets the path whose appearance cancels the job, or "". */
export function watch(): void {
  const parent = workerData as number;
  let cancelFile = "";
  parentPort?.on("message", (path: string) => (cancelFile = path));
  setInterval(() => {
    if (process.ppid !== parent || (cancelFile !== "" && existsSync(cancelFile)))
      process.kill(process.pid, "SIGKILL");
  }, periodMs);
}

/**
 * Starts the thread; returns what tells it the next job's cancel file.
 * @param parent the executor's process id, from itself: asking for it here is too late if it is gone by now
 */
export function startWatchdog(program: string, parent: number): (cancelFile: string) => void {
  const thread = new Worker(program, { workerData: parent, stdout: false, stderr: false });
  thread.unref();
  return (cancelFile) => thread.postMessage(cancelFile);
}
