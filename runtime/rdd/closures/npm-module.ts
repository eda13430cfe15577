import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { BundleNode, MemberPath } from "./bundle.ts";

export interface NpmPackage {
  readonly name: string;
  /** The file of it that a function stands in. */
  readonly file: string;
}

/** The package in whose files a function stands. */
export function npmPackage(url: string): NpmPackage | undefined {
  const name = packageName(url);
  if (name === undefined) return undefined;
  return { name, file: url.startsWith("file:") ? fileURLToPath(url) : url };
}

/** The npm package that a file or a URL belongs to: the innermost. */
export function packageName(path: string): string | undefined {
  return /^(?:file:|\/).*\/node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)\//.exec(path)?.[1];
}

/** How a worker gets a value that a package exports; undefined if the package doesn't export it. */
export function npmExport({ name, file }: NpmPackage, value: unknown): BundleNode | undefined {
  // The file itself first: it is loaded already, and has this very value, where its package may have a twin of it for
  // `import` or for `require`.
  for (const specifier of [file, name]) {
    let exports: unknown;
    let resolved: string;
    try {
      const require = createRequire(file);
      resolved = require.resolve(specifier);
      exports = require(resolved);
    } catch {
      continue; // an ES module that waits at its top level, or a package without an entry
    }
    const path = memberPath(exports, value);
    if (path) return { kind: "module", specifier: resolved, path };
  }
  return undefined;
}

/** The way from exports to one of them: the default export's members count too. */
function memberPath(exports: unknown, value: unknown): MemberPath | undefined {
  if (exports === value) return [];
  const direct = memberOf(exports, value);
  if (direct !== undefined) return [direct];
  for (const within of ["default", "module.exports"]) {
    const member = memberOf((exports as Record<string, unknown> | undefined)?.[within], value);
    if (member !== undefined) return [within, member];
  }
  return undefined;
}

function memberOf(holder: unknown, value: unknown): string | undefined {
  if ((typeof holder !== "object" && typeof holder !== "function") || holder === null) return undefined;
  // Getters that throw are of no use to anyone.
  return Object.keys(holder).find((key) => {
    try {
      return (holder as Record<string, unknown>)[key] === value;
    } catch {
      return false;
    }
  });
}
