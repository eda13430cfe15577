/** Jupyter messages and their frames: the only place where the wire's layout is known. */
import { randomUUID } from "node:crypto";
import type { Signer } from "./signer.ts";

export const PROTOCOL_VERSION = "5.4";

const DELIMITER = Buffer.from("<IDS|MSG>");
const EMPTY = "{}";

/** The header as on the wire. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export type Content = Record<string, unknown>;

/** Who asked: where replies go, and the header that every answer names as its parent. */
export interface Parent {
  identities: Buffer[];
  header: Header;
  /** The header's own bytes: they go back unchanged, with fields that we don't know. */
  headerFrame: Buffer;
}

export interface Message extends Parent {
  parentHeader: Partial<Header>;
  metadata: Content;
  content: Content;
  buffers: Buffer[];
}

export interface OutgoingMessage {
  type: string;
  content: Content;
  metadata?: Content;
  parent?: Parent;
  identities?: readonly (Buffer | string)[];
  buffers?: readonly Uint8Array[];
}

/**
 * Reads one message.
 * @throws Error that says what is wrong with it: no delimiter, a wrong signature, a frame that isn't JSON
 */
export function decodeMessage(frames: Buffer[], signer: Signer): Message {
  const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (delimiter < 0) throw new Error("a message without the delimiter <IDS|MSG>");
  const [signature, headerFrame, parentFrame, metadataFrame, contentFrame] = frames.slice(delimiter + 1);
  if (!contentFrame)
    throw new Error(`a message of ${frames.length - delimiter - 1} frames after the delimiter instead of 5`);
  if (!signer.verify(signature, [headerFrame, parentFrame, metadataFrame, contentFrame])) {
    throw new Error("a message whose signature is wrong");
  }
  const header = parseObject("header", headerFrame) as unknown as Header;
  if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string") {
    throw new Error("a header without msg_type or msg_id");
  }
  return {
    identities: frames.slice(0, delimiter),
    header,
    headerFrame,
    parentHeader: parseObject("parent header", parentFrame),
    metadata: parseObject("metadata", metadataFrame),
    content: parseObject("content", contentFrame),
    buffers: frames.slice(delimiter + 6),
  };
}

function parseObject(name: string, frame: Buffer): Content {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString());
  } catch {
    throw new Error(`a ${name} that isn't JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`a ${name} that isn't an object`);
  return value as Content;
}

/** Makes the frames of outgoing messages, all with this kernel's session id. */
export class MessageEncoder {
  readonly #signer: Signer;
  readonly #session: string = randomUUID();
  #sent = 0;

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** @returns identities, delimiter, signature, header, parent header, metadata, content, then buffers */
  encode(message: OutgoingMessage): (Uint8Array | string)[] {
    const header: Header = {
      msg_id: `${this.#session}_${this.#sent++}`,
      msg_type: message.type,
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    const body = [
      JSON.stringify(header),
      message.parent?.headerFrame ?? EMPTY,
      message.metadata ? JSON.stringify(message.metadata) : EMPTY,
      JSON.stringify(message.content),
    ];
    const identities = message.identities ?? [];
    return [...identities, DELIMITER, this.#signer.sign(body), ...body, ...(message.buffers ?? [])];
  }
}
