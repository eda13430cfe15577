// Modules for the user's functions: Node's own, those of this machine's files, and those that travelled in a pack.
import { createRequire, isBuiltin } from "node:module";
import { pathToFileURL } from "node:url";
import { constants, runInThisContext } from "node:vm";
import type { MemberPath, Pack } from "../closures/bundle.ts";

/** A module by its absolute path or Node's name. Node loads ES modules so too, unless they wait at the top level. */
export function loaded(specifier: string): unknown {
  return createRequire(specifier.startsWith("/") ? specifier : process.execPath)(specifier);
}

/** What a module exports under a path of names. */
export function exportOf(exports: unknown, path: MemberPath): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], exports);
}

/** Packs stay: a module is made once in a process, as Node does. */
const packs = new Map<string, readonly (() => unknown)[]>();

/** A module of a pack. */
export function packed({ hash, text }: Pack, entry: number): unknown {
  let entries = packs.get(hash);
  if (!entries) {
    const wrapped = `(function (exports, require, module, __filename, __dirname) {\n${text}\n})`;
    const filename = `sightline-pack-${hash}.cjs`;
    const run = runInThisContext(wrapped, {
      filename,
      lineOffset: -1,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as (...args: unknown[]) => void;
    const module = { exports: [] as (() => unknown)[] };
    run(module.exports, createRequire(process.execPath), module, filename, process.cwd());
    packs.set(hash, (entries = module.exports));
  }
  return entries[entry]();
}

type Packed = ReadonlyMap<string, () => unknown>;

/** The `require` of a file or a cell. */
export function requirer(from: readonly string[], along: Packed): NodeJS.Require {
  const requires = from.map((file) => createRequire(file));
  const resolve = (specifier: string) => first(requires, (require) => require.resolve(specifier));
  return Object.assign(
    (specifier: string) => {
      const own = along.get(specifier);
      return own ? own() : first(requires, (require) => require(specifier) as unknown);
    },
    { resolve, cache: requires[0].cache, main: undefined, extensions: requires[0].extensions },
  ) as unknown as NodeJS.Require;
}

type Import = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

/** The `import()` of a file or a cell. */
export function importer(from: readonly string[], along: Packed): Import {
  const imports = from.map(importFrom);
  return async (specifier, options) => {
    const own = along.get(String(specifier));
    if (own) return own();
    if (isBuiltin(String(specifier))) return imports[0](specifier);
    return completing(specifier, async (whole, json) => {
      let failure: unknown;
      for (const load of imports) {
        try {
          return await load(whole, json ? { with: { type: "json" } } : options);
        } catch (error) {
          if (!isNotFound(error)) throw error;
          failure ??= error;
        }
      }
      throw failure;
    });
  };
}

/** A cell may leave a local file's ending out, and needn't say what JSON is. */
async function completing(
  specifier: string,
  load: (specifier: string, isJson: boolean) => Promise<unknown>,
): Promise<unknown> {
  const isPath = /^(?:\.{0,2}\/|file:)/.test(specifier);
  const endings = isPath && !/\.\w+$/.test(specifier) ? ["", ".ts", ".mts", ".js", ".mjs"] : [""];
  let failure: unknown;
  for (const ending of endings) {
    try {
      return await load(specifier + ending, isPath && specifier.endsWith(".json"));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      failure ??= error;
    }
  }
  throw failure;
}

function isNotFound(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ERR_MODULE_NOT_FOUND" || code === "ERR_UNSUPPORTED_DIR_IMPORT";
}

/** Node's own import(), as if it stood in a file there. */
function importFrom(file: string): Import {
  return runInThisContext("(specifier, options) => import(specifier, options)", {
    filename: pathToFileURL(file).href,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as Import;
}

function first<T, R>(items: readonly T[], take: (item: T) => R): R {
  let failure: unknown;
  for (const item of items) {
    try {
      return take(item);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
      failure ??= error;
    }
  }
  throw failure;
}
