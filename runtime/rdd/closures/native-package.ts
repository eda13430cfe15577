// Which packages load native addons, by a path that no bundler sees.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageName } from "./npm-module.ts";

/** What packages load their addons with. */
const loaders = new Set([
  "bindings",
  "node-gyp-build",
  "node-gyp-build-optional-packages",
  "@mapbox/node-pre-gyp",
]);

interface Manifest {
  readonly napi?: object;
  readonly gypfile?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The first package with a native addon among those that the files belong to. */
export function nativePackage(files: readonly string[]): string | undefined {
  const folders = new Map<string, string>();
  for (const file of files) {
    const name = packageName(file);
    if (name === undefined) continue;
    const end = file.lastIndexOf(`/node_modules/${name}/`) + `/node_modules/${name}`.length;
    folders.set(file.slice(0, end), name);
  }
  for (const [folder, name] of folders) if (isNative(folder)) return name;
  return undefined;
}

function isNative(folder: string): boolean {
  if (existsSync(join(folder, "binding.gyp"))) return true;
  const manifest = manifestOf(folder);
  if (!manifest) return false;
  const { napi, gypfile, dependencies = {}, optionalDependencies = {} } = manifest;
  if (napi || gypfile || Object.keys(dependencies).some((name) => loaders.has(name))) return true;
  // One package for each platform, of which the right one is installed.
  return Object.keys(optionalDependencies).some((name) => mainOf(folder, name).endsWith(".node"));
}

function mainOf(folder: string, name: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(name);
  } catch {
    return "";
  }
}

function manifestOf(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}
