// npm packages for executors that have none: bundled into one text, which needs no node_modules there.
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildFailure } from "esbuild";
import type { BundleNode, NodeId, Pack } from "./bundle.ts";
import { ClosureError } from "./closure-error.ts";
import { nativePackage } from "./native-package.ts";
import { packageName } from "./npm-module.ts";
import { rememberPack } from "./packed-places.ts";
import type { Trail } from "./trail.ts";

/** A node that needs modules: a file, or what `require` or `import()` is called with. */
export type Wanted = { readonly id: NodeId; readonly trail: Trail } & (
  | { readonly file: string }
  | { readonly specifiers: readonly string[] }
);

interface Entry {
  /** JavaScript that gives the module. */
  readonly code: string;
  readonly folder: string;
  readonly trail: Trail;
}

/** Puts the modules of `wanted` into the bundle, in place of their paths on this machine. */
export function packModules(nodes: BundleNode[], wanted: readonly Wanted[]): void {
  const entries: Entry[] = [];
  const entryOf = (code: string, folder: string, trail: Trail) => {
    const known = entries.findIndex((entry) => entry.code === code && entry.folder === folder);
    return known === -1 ? entries.push({ code, folder, trail }) - 1 : known;
  };
  interface Use {
    readonly id: NodeId;
    readonly specifier: string | undefined;
    readonly entry: number;
  }
  const uses = wanted.flatMap((want): readonly Use[] => {
    const node = nodes[want.id];
    if ("file" in want) {
      if (node.kind !== "module" || isBuiltin(node.specifier)) return [];
      const entry = entryOf(`require(${JSON.stringify(want.file)})`, dirname(want.file), want.trail);
      return [{ id: want.id, specifier: undefined, entry }];
    }
    if (node.kind !== "import" && node.kind !== "require") return [];
    return want.specifiers
      .filter((specifier) => !isBuiltin(specifier))
      .map((specifier) => {
        const call = node.kind === "import" ? "import" : "require";
        const folder = dirname(node.from.find((from) => canResolve(from, specifier)) ?? node.from[0]);
        return {
          id: want.id,
          specifier,
          entry: entryOf(`${call}(${JSON.stringify(completed(folder, specifier))})`, folder, want.trail),
        };
      });
  });
  if (uses.length === 0) return;
  const pack = nodes.push({ kind: "data", value: packOf(entries) }) - 1;
  for (const { id, specifier, entry } of uses) {
    const node = nodes[id];
    if (node.kind === "module") nodes[id] = { kind: "packed", pack, entry, path: node.path };
    else if (specifier !== undefined && (node.kind === "import" || node.kind === "require"))
      nodes[id] = { ...node, packed: { ...node.packed, [specifier]: { pack, entry } } };
  }
}

function canResolve(from: string, specifier: string): boolean {
  if (/^\.{0,2}\//.test(specifier))
    return existsSync(join(dirname(from), specifier)) || completed(dirname(from), specifier) !== specifier;
  try {
    createRequire(from).resolve(specifier);
    return true;
  } catch {
    return false;
  }
}

/** A local file by its whole path: cells may leave its ending out. */
function completed(folder: string, specifier: string): string {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
  if (!/^\.{0,2}\//.test(path)) return path;
  const whole = path.startsWith("/") ? path : join(folder, path);
  return [whole, ...[".ts", ".mts", ".js", ".mjs"].map((ending) => whole + ending)].find(isFile) ?? path;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

interface Built {
  readonly pack: Pack;
  /** The files it was made of, as they were. */
  readonly files: ReadonlyMap<string, string>;
}

const built = new Map<string, Built>();
const maxBuilt = 32;

function packOf(entries: readonly Entry[]): Pack {
  const key = JSON.stringify(entries.map(({ code, folder }) => [code, folder]));
  const known = built.get(key);
  if (known && [...known.files].every(([file, stamp]) => stampOf(file) === stamp)) return known.pack;
  const fresh = build(entries);
  built.delete(key);
  built.set(key, fresh);
  if (built.size > maxBuilt) built.delete(built.keys().next().value!);
  return fresh.pack;
}

function build(entries: readonly Entry[]): Built {
  const { buildSync } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  // One build for each folder that names are looked for from; nearly always there is one.
  const folders = [...new Set(entries.map(({ folder, code }) => (/^\w+\("\//.test(code) ? "/" : folder)))];
  const folder = folders.find((one) => one !== "/") ?? "/";
  const contents = entries.map(({ code }, index) => `exports[${index}] = () => ${code};`).join("\n");
  try {
    const { outputFiles, metafile } = buildSync({
      stdin: { contents, resolveDir: folder, loader: "js", sourcefile: "sightline-pack" },
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node22",
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
      metafile: true,
      outfile: "/pack.cjs",
      sourcemap: "external",
      define: { "import.meta.url": "packUrl" },
      banner: { js: 'const packUrl = require("node:url").pathToFileURL(__filename).href;' },
      write: false,
      absWorkingDir: "/",
    });
    const addon = nativePackage(Object.keys(metafile.inputs).map((file) => join("/", file)));
    if (addon !== undefined) throw native(addon, entries);
    const [map, code] = [
      outputFiles.find(({ path }) => path.endsWith(".map"))!,
      outputFiles.find(({ path }) => !path.endsWith(".map"))!,
    ];
    const hash = createHash("sha256").update(code.contents).digest("hex").slice(0, 16);
    rememberPack(hash, map.text);
    const files = Object.keys(metafile.inputs)
      .map((file) => join("/", file))
      .filter(isFile);
    return {
      pack: { hash, text: code.text },
      files: new Map(files.map((file) => [file, stampOf(file)])),
    };
  } catch (error) {
    throw error instanceof ClosureError ? error : notPacked(error, entries);
  }
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : "";
}

function native(name: string, [{ trail }]: readonly Entry[]): ClosureError {
  return new ClosureError(
    `${trail}, from the npm package ${name}, a native addon, which executors of another machine can't load.`,
    "Do that part here, on collected data, or take a package that is JavaScript alone.",
  );
}

function notPacked(error: unknown, entries: readonly Entry[]): ClosureError {
  const [first] = (error as Partial<BuildFailure>).errors ?? [];
  const text = first?.text ?? (error as Error).message;
  const addon = /No loader is configured for "\.node" files: (\S+)/.exec(text)?.[1];
  if (addon !== undefined) return native(packageName(join("/", addon)) ?? addon, entries);
  const names = [...new Set(entries.map(({ code }) => packageName(code.slice(9, -2)) ?? code.slice(9, -2)))];
  return new ClosureError(
    `${entries[0].trail}, from the npm package ${names.join(", ")}, which can't be bundled for executors of another machine: ${text}`,
    "Do that part here, on collected data, or write it with what Node itself has.",
    { cause: error },
  );
}
