/** The runtime, loaded when it is first used: kernel and first cell must not wait for it. */
import { createRequire } from "node:module";

interface Session {
  sparkContext: unknown;
  sqlContext: unknown;
}

/** What the kernel uses of `#runtime`. */
interface Runtime {
  SparkSession: { builder: { lazy(): Session } };
  graphistry: unknown;
}

const NAMES = /\b(?:spark|sc|sqlContext|graphistry)\b/;
const require = createRequire(import.meta.url);
let runtime: Runtime | undefined;

const globals: Record<string, (runtime: Runtime) => unknown> = {
  spark: ({ SparkSession }) => SparkSession.builder.lazy(),
  sc: ({ SparkSession }) => SparkSession.builder.lazy().sparkContext,
  sqlContext: ({ SparkSession }) => SparkSession.builder.lazy().sqlContext,
  graphistry: (loaded) => loaded.graphistry,
};

/** Defines `spark`, `sc`, `sqlContext` and `graphistry`; a cell may assign or declare them anew. */
export function defineRuntimeGlobals(): void {
  for (const [name, read] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable: true,
      get: () => read((runtime ??= require("#runtime") as Runtime)),
      set(value: unknown) {
        Object.defineProperty(globalThis, name, {
          configurable: true,
          enumerable: true,
          writable: true,
          value,
        });
      },
    });
  }
}

/**
 * Loads the runtime before a cell that names one of its globals, without blocking the thread.
 * A runtime that can't be loaded is reported by the global itself, at the user's line.
 */
export async function loadRuntimeFor(code: string): Promise<void> {
  if (runtime || !NAMES.test(code)) return;
  try {
    const specifier = "#runtime";
    runtime = (await import(specifier)) as Runtime;
  } catch {
    return;
  }
}

/** Whether the runtime exports the name; while it isn't loaded nobody waits for it, and the answer is no. */
export function isRuntimeName(name: string): boolean {
  return runtime !== undefined && name in runtime;
}

/** Starts the engine and loads the runtime beside the kernel, unless `SIGHTLINE_ENGINE_START=lazy`. */
export async function prewarmRuntime(): Promise<void> {
  if (process.env.SIGHTLINE_ENGINE_START === "lazy") return;
  try {
    const module = new URL("../../runtime/prewarm.ts", import.meta.url).href;
    await ((await import(module)) as { prewarm(): Promise<void> }).prewarm();
  } catch {
    // Whoever uses the runtime gets the error, with the line that used it.
  }
}
