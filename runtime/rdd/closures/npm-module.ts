import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { BundleNode } from "./bundle.ts";

export interface NpmPackage {
  readonly name: string;
  /** A file of it, from which it can be resolved. */
  readonly file: string;
}

/** The package in whose files a function stands. */
export function npmPackage(url: string): NpmPackage | undefined {
  const name = /^file:.*\/node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)\//.exec(url)?.[1];
  return name === undefined ? undefined : { name, file: fileURLToPath(url) };
}

/** How a worker on this machine gets a value that a package exports; undefined if the package doesn't export it. */
export function npmExport({ name, file }: NpmPackage, value: unknown): BundleNode | undefined {
  let specifier: string;
  let exports: Record<string, unknown>;
  try {
    const require = createRequire(file);
    specifier = require.resolve(name);
    exports = require(specifier) as Record<string, unknown>;
  } catch {
    return undefined; // an ES module that waits at its top level, or a package without an entry
  }
  if (exports === value) return { kind: "module", specifier, member: undefined };
  const member = Object.keys(exports).find((key) => exports[key] === value);
  return member === undefined ? undefined : { kind: "module", specifier, member };
}
