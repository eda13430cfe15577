// `node .ci/complete-lock.ts`, after npm changed package-lock.json: adds the packages of other systems that npm left out.
// npm drops optional packages that the registry at hand lacks (a mirror often has Linux's only), and `npm ci` then
// refuses the lock. Such an entry has no integrity: what isn't there can't be hashed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface LockEntry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

/** A package-lock.json of version 3, as far as it matters here. */
export interface PackageLock {
  packages: Record<string, LockEntry>;
}

/** The optional packages that a lock's packages name and the lock lacks, with the versions wanted. */
export function missingOptional(lock: PackageLock): Map<string, string> {
  const missing = new Map<string, string>();
  for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(optionalDependencies))
      if (!isResolved(lock, path, name)) missing.set(name, version);
  return missing;
}

/** Adds an entry for each of them; the system is in the name: `…-linux-arm64-musl`. */
export function completeLock(lock: PackageLock): PackageLock {
  const added = [...missingOptional(lock)].map(([name, version]) => [
    `node_modules/${name}`,
    entry(name, version),
  ]);
  const all = [...Object.entries(lock.packages), ...added] as [string, LockEntry][];
  return { ...lock, packages: Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, "en"))) };
}

function entry(name: string, version: string): LockEntry {
  const system = /-(android|darwin|freebsd|linux|openharmony|win32|wasm32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(
    name,
  );
  if (!system || !/^\d/.test(version))
    throw new Error(
      `${name}@${version} names no system and exact version.\nAdd it to package-lock.json by hand.`,
    );
  const [, os, cpu, abi] = system;
  if (os === "wasm32") return { version, cpu: ["wasm32"], optional: true };
  const libc = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" }[abi ?? ""];
  return { version, cpu: [cpu], ...(libc ? { libc: [libc] } : {}), optional: true, os: [os] };
}

/** A package is looked for beside the one that wants it, then in each folder above. */
function isResolved(lock: PackageLock, from: string, name: string): boolean {
  for (
    let folder = from;
    folder !== "";
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))
  )
    if (lock.packages[`${folder}/node_modules/${name}`]) return true;
  return lock.packages[`node_modules/${name}`] !== undefined;
}

if (import.meta.main) {
  const file = join(import.meta.dirname, "..", "package-lock.json");
  const lock: PackageLock = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`Added ${missingOptional(lock).size} packages of other systems.`);
}
