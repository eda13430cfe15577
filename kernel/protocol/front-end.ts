import type { ToIo, ToMain } from "./bridge.ts";
import type { Connection } from "./connection.ts";
import { Interrupter } from "./interrupter.ts";
import { kernelInfo } from "./kernel-info.ts";
import { type Content, decodeMessage, type Message, MessageEncoder, type Parent } from "./message.ts";
import type { OutputRing } from "./output-ring.ts";
import { ShellQueue, type ShellRequest } from "./shell-queue.ts";
import { Signer } from "./signer.ts";
import type { Sockets } from "./sockets.ts";

/** Stream texts are joined up to this length, so that 100,000 lines are some hundred messages. */
const MAX_STREAM_LENGTH = 64 * 1024;
/** How long lines are gathered before they are sent; short enough to look immediate. */
const GATHER_MS = 4;

export interface FrontEndOptions {
  connection: Connection;
  sockets: Sockets;
  ring: OutputRing;
  toMain(message: ToMain): void;
  log(text: string): void;
  /** Ends the kernel's process. */
  end(): void;
}

/** Everything that is said to Jupyter's front ends, in the order in which it has to be said. */
export class FrontEnd {
  readonly #options: FrontEndOptions;
  readonly #signer: Signer;
  readonly #encoder: MessageEncoder;
  readonly #interrupter: Interrupter;
  readonly #shell = new ShellQueue((request) => this.#start(request));
  /** Cells keep their parent for good: a timer may print long after its cell is done. */
  readonly #parents = new Map<number, Parent>();
  readonly #inbox: Exclude<ToIo, { kind: "interrupted" }>[] = [];
  #isPumping = false;
  #isReady = false;

  constructor(options: FrontEndOptions) {
    this.#options = options;
    this.#signer = new Signer(options.connection.key, options.connection.signature_scheme);
    this.#encoder = new MessageEncoder(this.#signer);
    this.#interrupter = new Interrupter(options.toMain);
  }

  /** Reads the sockets from now on. */
  listen(): void {
    const { shell, control, stdin } = this.#options.sockets;
    this.#publish("status", { execution_state: "starting" });
    void this.#receive(control, (message) => void this.#control(message));
    void this.#receive(stdin, (message) => this.#stdin(message));
    void this.#receive(shell, (message) => {
      if (message.header.msg_type === "shutdown_request") void this.#control(message, "shell");
      else this.#shell.push(message);
    });
  }

  /** Takes what the main thread says; it is sent in this order, each after the text printed before it. */
  fromMain(message: ToIo): void {
    if (message.kind === "interrupted") this.#interrupter.answered(message.sequence);
    else if (message.kind === "drain") setTimeout(() => this.#enqueue(message), GATHER_MS);
    else this.#enqueue(message);
  }

  #enqueue(message: Exclude<ToIo, { kind: "interrupted" }>): void {
    this.#inbox.push(message);
    void this.#pump();
  }

  async #receive(socket: AsyncIterable<Buffer[]>, handle: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      try {
        handle(decodeMessage(frames, this.#signer));
      } catch (error) {
        this.#options.log(`Dropped ${(error as Error).message}.`);
      }
    }
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    for (let message = this.#inbox.shift(); message; message = this.#inbox.shift()) {
      await this.#drain(message.kind === "drain" ? this.#options.ring.position : message.after);
      if (message.kind !== "drain") await this.#deliver(message);
    }
    this.#isPumping = false;
  }

  async #drain(until: number): Promise<void> {
    const { ring } = this.#options;
    for (const { id, name, text, end } of ring.read(until, MAX_STREAM_LENGTH)) {
      await this.#publish("stream", { name, text }, this.#parents.get(id));
      ring.release(end);
    }
  }

  async #deliver(message: Exclude<ToIo, { kind: "drain" | "interrupted" }>): Promise<void> {
    const parent = this.#parents.get(message.id);
    if (message.kind === "publish") {
      await this.#publish(message.type, message.content, parent, message.metadata);
    } else if (message.kind === "askInput") {
      const { stdin } = this.#options.sockets.queues;
      const identities = parent?.identities;
      await stdin.send(
        this.#encoder.encode({ type: "input_request", content: message.content, parent, identities }),
      );
    } else if (parent) {
      this.#reply(parent, message.type, message.content, "shell");
      if (message.abortsQueue) for (const request of this.#shell.takeCells()) this.#abort(request);
      this.#finish(message.id, parent);
    }
  }

  #start({ id, message }: ShellRequest): void {
    this.#parents.set(id, message);
    this.#publish("status", { execution_state: "busy" }, message);
    const type = message.header.msg_type;
    if (type === "kernel_info_request") {
      this.#reply(message, "kernel_info_reply", kernelInfo, "shell");
      this.#finish(id, message);
      this.#ready();
    } else {
      this.#options.toMain({
        kind: "request",
        id,
        type,
        content: message.content,
        metadata: message.metadata,
      });
    }
  }

  #finish(id: number, parent: Parent): void {
    this.#publish("status", { execution_state: "idle" }, parent);
    if (parent.header.msg_type !== "execute_request") this.#parents.delete(id);
    // Only what answers and prints belongs to a cell: its code needn't be kept.
    else
      this.#parents.set(id, {
        identities: parent.identities,
        header: parent.header,
        headerFrame: parent.headerFrame,
      });
    this.#shell.finish();
  }

  #abort({ message }: ShellRequest): void {
    this.#publish("status", { execution_state: "busy" }, message);
    this.#reply(message, "execute_reply", { status: "aborted" }, "shell");
    this.#publish("status", { execution_state: "idle" }, message);
  }

  async #control(message: Message, channel: "control" | "shell" = "control"): Promise<void> {
    const type = message.header.msg_type;
    this.#publish("status", { execution_state: "busy" }, message);
    if (type === "kernel_info_request") {
      this.#reply(message, "kernel_info_reply", kernelInfo, channel);
      this.#ready();
    } else if (type === "interrupt_request") {
      await this.#interrupter.interrupt();
      this.#reply(message, "interrupt_reply", { status: "ok" }, channel);
    } else if (type === "shutdown_request") {
      const content = { status: "ok", restart: message.content.restart === true };
      this.#publish("shutdown_reply", content, message);
      this.#reply(message, "shutdown_reply", content, channel);
    } else {
      const evalue = `The kernel doesn't answer ${type} on the control channel.`;
      this.#reply(message, type.replace(/_request$/, "_reply"), refusal(evalue), channel);
    }
    this.#publish("status", { execution_state: "idle" }, message);
    // Front ends show the last status that they saw: the cell that still runs must have the last word.
    const running = this.#shell.current;
    if (running) this.#publish("status", { execution_state: "busy" }, running.message);
    if (type === "shutdown_request") {
      this.#interrupter.release();
      await this.#options.sockets.close();
      this.#options.end();
    }
  }

  #stdin(message: Message): void {
    const running = this.#shell.current;
    if (message.header.msg_type !== "input_reply" || !running) return;
    this.#options.toMain({ kind: "input", id: running.id, value: String(message.content.value ?? "") });
  }

  #ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#options.toMain({ kind: "ready" });
  }

  #reply(parent: Parent, type: string, content: Content, channel: "shell" | "control"): void {
    const frames = this.#encoder.encode({ type, content, parent, identities: parent.identities });
    void this.#options.sockets.queues[channel].send(frames);
  }

  #publish(type: string, content: Content, parent?: Parent, metadata?: Content): Promise<void> {
    const frames = this.#encoder.encode({ type, content, metadata, parent, identities: [type] });
    return this.#options.sockets.queues.iopub.send(frames);
  }
}

function refusal(evalue: string): Content {
  return { status: "error", ename: "KernelError", evalue, traceback: [] };
}
