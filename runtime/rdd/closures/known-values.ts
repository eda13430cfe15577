// Values that every Node has, so that their name travels and not they themselves: `Math.max`, `node:path`.
import type { BundleNode } from "./bundle.ts";

/** The global names that a worker has as well. */
export const workerGlobals: ReadonlySet<string> = new Set(
  (
    "undefined NaN Infinity globalThis Object Function Array Number parseFloat parseInt Boolean String Symbol Date " +
    "Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math " +
    "Intl ArrayBuffer SharedArrayBuffer Atomics DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array " +
    "Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array Map Set WeakMap " +
    "WeakSet WeakRef FinalizationRegistry BigInt Proxy Reflect Iterator decodeURI decodeURIComponent encodeURI " +
    "encodeURIComponent escape unescape eval isFinite isNaN console WebAssembly global process Buffer URL " +
    "URLSearchParams TextEncoder TextDecoder AbortController AbortSignal Event EventTarget Blob File FormData Headers " +
    "Request Response MessageChannel setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate " +
    "queueMicrotask structuredClone atob btoa fetch performance crypto Crypto CryptoKey SubtleCrypto DOMException " +
    "CustomEvent MessageEvent CloseEvent MessagePort BroadcastChannel WebSocket navigator Navigator ReadableStream " +
    "ReadableStreamDefaultReader ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController " +
    "ReadableStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter " +
    "TransformStream TransformStreamDefaultController ByteLengthQueuingStrategy CountQueuingStrategy " +
    "TextEncoderStream TextDecoderStream CompressionStream DecompressionStream SuppressedError DisposableStack " +
    "AsyncDisposableStack"
  ).split(" "),
);

const modules = (
  "assert assert/strict buffer child_process crypto dns dns/promises events fs fs/promises http https net os path " +
  "path/posix path/win32 perf_hooks querystring readline stream stream/promises string_decoder timers " +
  "timers/promises tls tty url util util/types v8 vm worker_threads zlib"
).split(" ");

let globals: Map<unknown, BundleNode> | undefined;
let moduleExports: Map<unknown, BundleNode> | undefined;

/** The node for an object or function that every Node has. */
export function knownValue(value: unknown): BundleNode | undefined {
  globals ??= knownGlobals();
  const found = globals.get(value);
  if (found) return found;
  moduleExports ??= knownModules();
  return moduleExports.get(value);
}

function knownGlobals(): Map<unknown, BundleNode> {
  const table = new Map<unknown, BundleNode>([[process.env, { kind: "global", path: ["process", "env"] }]]);
  const add = (value: unknown, path: string[]) => {
    if (isObject(value) && !table.has(value)) table.set(value, { kind: "global", path });
  };
  for (const name of workerGlobals) {
    // Lazily made globals, such as `crypto`, are made by looking at them.
    const value = (globalThis as Record<string, unknown>)[name];
    add(value, name === "global" ? ["globalThis"] : [name]);
    if (!isObject(value) || value === globalThis || name === "process") continue;
    for (const [key, member] of dataMembers(value)) add(member, [name, key]);
    const { prototype } = value as { prototype?: unknown };
    if (isObject(prototype)) add(prototype, [name, "prototype"]);
    if (isObject(prototype))
      for (const [key, member] of dataMembers(prototype)) add(member, [name, "prototype", key]);
  }
  return table;
}

function knownModules(): Map<unknown, BundleNode> {
  const table = new Map<unknown, BundleNode>();
  for (const name of modules) {
    const specifier = `node:${name}`;
    const exports = process.getBuiltinModule(specifier) as object;
    if (!table.has(exports)) table.set(exports, { kind: "module", specifier, path: [] });
    for (const [member, value] of dataMembers(exports)) {
      if (isObject(value) && !table.has(value))
        table.set(value, { kind: "module", specifier, path: [member] });
    }
  }
  return table;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function dataMembers(object: object): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(object))
    .filter(([, descriptor]) => "value" in descriptor)
    .map(([name, { value }]) => [name, value]);
}
