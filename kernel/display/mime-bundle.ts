import { inspect } from "node:util";
import type { Content } from "../protocol/message.ts";
import { errorReport } from "./error-report.ts";
import { unwrapped } from "../language/source-docs.ts";
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
  if (isLocalTable(value)) return localTable(value);
  return shownByItself(value);
}

function shownByItself(value: unknown): MimeBundle | Promise<MimeBundle> {
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

/** Frames of nodejs-polars and Arrow tables, by what they have: neither package is loaded for it. */
function isLocalTable(value: unknown): boolean {
  if (typeof value !== "object" || value === null || isThenable(value)) return false;
  try {
    const { writeIPCStream, batches, numRows } = value as Record<string, unknown>;
    return typeof writeIPCStream === "function" || (Array.isArray(batches) && typeof numRows === "number");
  } catch {
    return false;
  }
}

async function localTable(value: unknown): Promise<MimeBundle> {
  const { localDisplay } = await import("../../runtime/index.ts");
  return localDisplay(value) ?? shownByItself(value);
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
  refuseOutsideJson(data);
  data["text/plain"] ??= plainText(value, 0);
  return data;
}

/**
 * A front end gets JSON: what can't be written so is an error here, of the cell that shows it.
 * @throws KernelError
 */
export function refuseOutsideJson(data: MimeBundle): void {
  for (const [type, content] of Object.entries(data)) {
    if (typeof content === "string") continue;
    try {
      JSON.stringify(content);
    } catch (error) {
      const [reason] = (error as Error).message.split("\n");
      throw new KernelError(
        `What is shown as ${type} isn't JSON: ${reason}.\nGive text there, or values that JSON has; String(n) for a bigint.`,
      );
    }
  }
}

function plainBundle(value: unknown): MimeBundle {
  if (value instanceof Error) return { "text/plain": errorReport(value).traceback.join("\n") };
  const text = plainText(value);
  return { "text/plain": isMethod(value) ? `${text}\nIt is a method; call it: ${value.name}()` : text };
}

/** Whether it is a method of a class or an object, which somebody forgot to call: `df.columns`. */
function isMethod(value: unknown): value is (...values: unknown[]) => unknown {
  if (typeof value !== "function" || value.name === "" || !/^[\p{ID_Continue}$]+$/u.test(value.name))
    return false;
  const source = Function.prototype.toString.call(unwrapped(value as () => unknown));
  return source.startsWith(`${value.name}(`) || source.startsWith(`async ${value.name}(`);
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
