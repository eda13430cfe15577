/** A Jupyter client over real sockets: starts a kernel as Jupyter does and talks to it. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Dealer, Request, Subscriber } from "zeromq";

export interface ReceivedMessage {
  type: string;
  content: Record<string, any>;
  metadata: Record<string, any>;
  header: Record<string, any>;
  parentId: string | undefined;
}

export interface CellResult {
  reply: Record<string, any>;
  /** Everything on iopub between the cell's busy and idle, in order, without both. */
  messages: ReceivedMessage[];
  stdout: string;
  stderr: string;
  /** The text of the result, if the cell had one. */
  text: string | undefined;
  error: { ename: string; evalue: string; traceback: string[] } | undefined;
}

export interface StartOptions {
  /** A folder with a kernel.json, or the command with `{connection_file}`; the project's kernel if absent. */
  argv?: string[];
  /** The notebook's folder; a new empty one if absent. */
  folder?: string;
  env?: Record<string, string>;
}

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const KERNEL_FOLDER = join(PROJECT, "share/jupyter/kernels/sightline");
const DELIMITER = "<IDS|MSG>";

type Channel = "shell" | "control" | "stdin";

export class JupyterClient {
  readonly process: ChildProcess;
  readonly folder: string;
  /** What the kernel's process itself wrote to its standard error. */
  log = "";
  readonly #key: string;
  readonly #ownFolders: string[];
  readonly #session = randomUUID();
  readonly #sockets: { shell: Dealer; control: Dealer; stdin: Dealer };
  readonly #iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly #heartbeat = new Request({ linger: 0, receiveTimeout: 5000 });
  readonly #sending = new Map<Channel, Promise<void>>();
  readonly #replies = new Map<string, (message: ReceivedMessage) => void>();
  readonly #listeners = new Set<(message: ReceivedMessage) => void>();
  /** Called with each `input_request`; its value is the answer, undefined none. */
  onInput: (prompt: string) => string | undefined = () => "";

  static async start(options: StartOptions = {}): Promise<JupyterClient> {
    const client = await JupyterClient.launch(options);
    await client.ready();
    return client;
  }

  /** Starts the process and connects; {@link ready} waits for its first answer. */
  static async launch({ argv, folder, env }: StartOptions = {}): Promise<JupyterClient> {
    const connectionFolder = await mkdtemp(join(tmpdir(), "sightline-kernel-"));
    const notebookFolder = folder ?? (await mkdtemp(join(tmpdir(), "sightline-notebook-")));
    const [shell, iopub, stdin, control, hb] = await freePorts(5);
    const connection = {
      transport: "tcp",
      ip: "127.0.0.1",
      key: randomUUID(),
      signature_scheme: "hmac-sha256",
      shell_port: shell,
      iopub_port: iopub,
      stdin_port: stdin,
      control_port: control,
      hb_port: hb,
    };
    const connectionFile = join(connectionFolder, "kernel.json");
    await writeFile(connectionFile, JSON.stringify(connection));
    const command = (argv ?? (await projectArgv())).map((part) =>
      part.replace("{connection_file}", connectionFile),
    );
    const child = spawn(command[0], command.slice(1), {
      cwd: notebookFolder,
      env: { ...process.env, SIGHTLINE_ENGINE_START: "lazy", ...env },
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    const ownFolders = folder ? [connectionFolder] : [connectionFolder, notebookFolder];
    return new JupyterClient(child, connection, notebookFolder, ownFolders);
  }

  private constructor(
    child: ChildProcess,
    connection: Record<string, any>,
    folder: string,
    ownFolders: string[],
  ) {
    this.process = child;
    this.folder = folder;
    this.#ownFolders = ownFolders;
    this.#key = connection.key;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    const address = (port: number) => `tcp://127.0.0.1:${port}`;
    const routingId = randomUUID();
    const dealer = () => new Dealer({ linger: 0, routingId, receiveHighWaterMark: 0 });
    this.#sockets = { shell: dealer(), control: dealer(), stdin: dealer() };
    this.#sockets.shell.connect(address(connection.shell_port));
    this.#sockets.control.connect(address(connection.control_port));
    this.#sockets.stdin.connect(address(connection.stdin_port));
    this.#iopub.connect(address(connection.iopub_port));
    this.#iopub.subscribe();
    this.#heartbeat.connect(address(connection.hb_port));
    for (const channel of ["shell", "control", "stdin"] as const)
      void this.#listen(this.#sockets[channel], channel);
    void this.#listen(this.#iopub, "iopub");
  }

  /** Resolves when the kernel answers and its output reaches us. */
  async ready(): Promise<void> {
    await this.request("kernel_info_request", {});
    // A subscription takes its time: until it holds, output is lost and no fault of the kernel's.
    for (;;) {
      const seen = this.nextMessage((message) => message.type === "status");
      await this.request("kernel_info_request", {});
      if (await Promise.race([seen.then(() => true), sleep(50, false)])) return;
    }
  }

  /** Sends a request and gives the reply's content. */
  async request(
    type: string,
    content: Record<string, unknown>,
    channel: Channel = "shell",
  ): Promise<Record<string, any>> {
    return (await this.send(type, content, channel).reply).content;
  }

  /** Sends a request at once; the reply comes when it comes. */
  send(type: string, content: Record<string, unknown>, channel: Channel = "shell") {
    const id = randomUUID();
    const reply = new Promise<ReceivedMessage>((resolve) => this.#replies.set(id, resolve));
    void this.sendFrames(channel, this.frames(type, content, id));
    return { id, reply };
  }

  /** Runs a cell and gathers what it shows until it is idle. */
  async execute(code: string, options: Record<string, unknown> = {}): Promise<CellResult> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      ...options,
    };
    const messages: ReceivedMessage[] = [];
    const { id, reply } = this.send("execute_request", content);
    const idle = new Promise<void>((resolve) => {
      const stop = this.onMessage((message) => {
        if (message.parentId !== id) return;
        if (message.type !== "status") messages.push(message);
        else if (message.content.execution_state === "idle") resolve(stop());
      });
    });
    const [answer] = await Promise.all([reply, idle]);
    const streamed = (name: string) =>
      messages
        .filter(({ type, content }) => type === "stream" && content.name === name)
        .map(({ content }) => content.text)
        .join("");
    return {
      reply: answer.content,
      messages,
      stdout: streamed("stdout"),
      stderr: streamed("stderr"),
      text: messages.find(({ type }) => type === "execute_result")?.content.data["text/plain"],
      error: messages.find(({ type }) => type === "error")?.content as CellResult["error"],
    };
  }

  interrupt(): Promise<Record<string, any>> {
    return this.request("interrupt_request", {}, "control");
  }

  /** Calls `listener` with everything on iopub; the value ends it. */
  onMessage(listener: (message: ReceivedMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  nextMessage(matches: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage> {
    return new Promise((resolve) => {
      const stop = this.onMessage((message) => {
        if (!matches(message)) return;
        stop();
        resolve(message);
      });
    });
  }

  async heartbeat(): Promise<string> {
    await this.#heartbeat.send("ping");
    return String((await this.#heartbeat.receive())[0]);
  }

  frames(
    type: string,
    content: Record<string, unknown>,
    id: string = randomUUID(),
    key = this.#key,
  ): string[] {
    const date = new Date().toISOString();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.#session,
      username: "test",
      date,
      version: "5.4",
    };
    const body = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const hmac = createHmac("sha256", key);
    for (const part of body) hmac.update(part);
    return [DELIMITER, hmac.digest("hex"), ...body];
  }

  sendFrames(channel: Channel, frames: string[]): Promise<void> {
    const sent = (this.#sending.get(channel) ?? Promise.resolve()).then(() =>
      this.#sockets[channel].send(frames),
    );
    this.#sending.set(channel, sent);
    return sent;
  }

  /** Resolves when the process has ended. */
  async ended(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
  }

  /** Asks the kernel to end, kills it if it doesn't, and cleans up. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.send("shutdown_request", { restart: false }, "control");
      await Promise.race([this.ended(), sleep(3000)]);
    }
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill("SIGKILL");
    for (const socket of [...Object.values(this.#sockets), this.#iopub, this.#heartbeat]) socket.close();
    for (const folder of this.#ownFolders) await rm(folder, { recursive: true, force: true });
  }

  async #listen(socket: AsyncIterable<Buffer[]>, channel: Channel | "iopub"): Promise<void> {
    for await (const frames of socket) {
      const message = decode(frames);
      if (channel === "iopub") for (const listener of [...this.#listeners]) listener(message);
      else if (message.type === "input_request") {
        const value = this.onInput(message.content.prompt);
        if (value !== undefined)
          void this.sendFrames("stdin", this.frames("input_reply", { status: "ok", value }));
      } else {
        this.#replies.get(message.parentId ?? "")?.(message);
        this.#replies.delete(message.parentId ?? "");
      }
    }
  }
}

function decode(frames: Buffer[]): ReceivedMessage {
  const start = frames.findIndex((frame) => String(frame) === DELIMITER) + 2;
  const [header, parent, metadata, content] = frames
    .slice(start, start + 4)
    .map((frame) => JSON.parse(String(frame)));
  return { type: header.msg_type, content, metadata, header, parentId: parent.msg_id };
}

async function projectArgv(): Promise<string[]> {
  const { argv } = JSON.parse(await readFile(join(KERNEL_FOLDER, "kernel.json"), "utf8")) as {
    argv: string[];
  };
  return argv.map((part) => part.replace("{resource_dir}", KERNEL_FOLDER));
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
