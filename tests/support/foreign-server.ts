import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { root } from "./command.ts";

const serve = `
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()
`;

/** A Spark Connect server that Sightline didn't start: for it, the executors are on another machine. */
export class ForeignServer {
  readonly remote: string;
  /** Its folder for temporary files. */
  readonly temporary: string;
  readonly #process: ChildProcess;

  private constructor(port: string, temporary: string, process: ChildProcess) {
    this.remote = `sc://127.0.0.1:${port}`;
    this.temporary = temporary;
    this.#process = process;
  }

  static async start(): Promise<ForeignServer> {
    const temporary = mkdtempSync(join(tmpdir(), "sightline-foreign-"));
    const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
    const child = spawn(join(root, ".venv", "bin", "python"), ["-c", serve], {
      cwd: temporary,
      env: { ...process.env, TMPDIR: temporary, PATH },
      stdio: ["pipe", "pipe", "ignore"],
    });
    const [port] = (await once(child.stdout!, "data")) as [Buffer];
    return new ForeignServer(port.toString().trim(), temporary, child);
  }

  stop(): void {
    this.#process.kill("SIGKILL");
    rmSync(this.temporary, { recursive: true, force: true });
  }
}
