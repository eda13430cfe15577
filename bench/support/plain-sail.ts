import { spawn } from "node:child_process";
import { createServer, connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const python = join(import.meta.dirname, "..", "..", ".venv", "bin", "python");

/** A Sail server that any client can use, for as long as a benchmark runs. */
export interface PlainSail {
  readonly remote: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startPlainSail(): Promise<PlainSail> {
  const port = await freePort();
  const env = { ...process.env, SAIL_RUNTIME__STACK_SIZE: process.env.SAIL_RUNTIME__STACK_SIZE };
  const args = ["-m", "pysail", "spark", "server", "--ip", "127.0.0.1", "--port", String(port)];
  const child = spawn(python, args, { stdio: "ignore", env });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  process.once("exit", () => child.kill("SIGKILL"));
  for (let attempt = 0; !(await answers(port)); attempt++) {
    if (attempt > 100 || child.exitCode !== null) throw new Error("Sail doesn't start.\nnpm run setup");
    await sleep(100);
  }
  return {
    remote: `sc://127.0.0.1:${port}`,
    pid: child.pid!,
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
