import { inspect } from "node:util";
import type { Content } from "../protocol/message.ts";
import { errorReport } from "./error-report.ts";
import { KernelError } from "../kernel-error.ts";

/** The MIME types of one thing, each with its content. */
export type MimeBundle = Record<string, unknown>;

/** The method by which values show themselves, in this kernel and in Deno's. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;

const MAX_TEXT_LENGTH = 100_000;

/**
 * How a value is shown: by its own `Symbol.for("Jupyter.display")` or `$display` method, sync or async;
 * else as text, as Node prints it. There is always `text/plain`.
 * @throws what the value's own method throws
 */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const own = ownDisplay(value);
  if (own === undefined) return plainBundle(value);
  if (isThenable(own)) return Promise.resolve(own).then((bundle) => complete(bundle, value));
  return complete(own, value);
}

/** @returns what the value's own method gave, or undefined when it has none */
function ownDisplay(value: unknown): unknown {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return undefined;
  const { [displaySymbol]: bySymbol, $display: byName } = value as Record<PropertyKey, unknown>;
  if (typeof bySymbol === "function") return bySymbol.call(value) as unknown;
  if (typeof byName === "function") return byName.call(value) as unknown;
  return undefined;
}

function complete(bundle: unknown, value: unknown): MimeBundle {
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) {
    throw new KernelError(
      `A display method returned ${inspect(bundle, { depth: 0 })} instead of a MIME bundle.\nReturn an object such as { "text/html": "<b>…</b>" }.`,
    );
  }
  const data: MimeBundle = {};
  for (const [type, content] of Object.entries(bundle)) {
    data[type] = content instanceof Uint8Array ? Buffer.from(content).toString("base64") : content;
  }
  data["text/plain"] ??= plainText(value, 0);
  return data;
}

function plainBundle(value: unknown): MimeBundle {
  if (value instanceof Error) return { "text/plain": errorReport(value).traceback.join("\n") };
  return { "text/plain": plainText(value) };
}

function plainText(value: unknown, depth = 4): string {
  let text: string;
  try {
    text = inspect(value, {
      depth,
      maxArrayLength: 100,
      maxStringLength: 10_000,
      breakLength: 100,
      compact: 3,
    });
  } catch (error) {
    text = `(a value that can't be shown: ${errorReport(error).evalue})`;
  }
  if (text.length <= MAX_TEXT_LENGTH) return text;
  return `${text.slice(0, MAX_TEXT_LENGTH)}\n… showing ${MAX_TEXT_LENGTH} of ${text.length} characters`;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === "function";
}

/** The content of a message that shows a bundle. */
export function displayContent(data: MimeBundle, transient?: Content): Content {
  return { data, metadata: {}, transient: transient ?? {} };
}
