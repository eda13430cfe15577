import { access, readdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ConnectClient } from "../../connect/client.ts";
import { hdfsPlace } from "../hdfs-path-exists.ts";
import { listByEngine, namesOf } from "./list-by-engine.ts";
import { type Entry, isPattern, type ListFolder } from "./path-pattern.ts";

/** A path on its storage. */
export interface Place {
  /** The path's names from the storage's root, without escapes. */
  readonly names: readonly string[];
  readonly list: ListFolder;
  readonly exists: () => Promise<boolean>;
  /** How the engine is told the path with these names. */
  readonly toPath: (names: readonly string[]) => string;
}

/** Whether a path is an address of another storage than this machine's files. */
export function isElsewhere(path: string): boolean {
  return /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path);
}

/** Where a path is: on this machine, on HDFS whose web address answers, or where the engine must look. */
export async function placeOf(client: ConnectClient, path: string): Promise<Place> {
  if (!isElsewhere(path)) return localPlace(path);
  const [, root, rest] = /^([^/]+\/\/[^/]*)(.*)$/s.exec(path)!;
  const names = namesOf(rest);
  const toPath = (some: readonly string[]) => [root, ...some.map(escaped)].join("/");
  const hdfs = /^hdfs:/i.test(path) ? await hdfsPlace(root) : undefined;
  if (hdfs) {
    const { storage } = hdfs;
    // What can't be looked at is the engine's to say.
    const exists = () => storage.exists(names.join("/")).catch(() => true);
    return { names, toPath, exists, list: (folder) => storage.list(folder.join("/")) };
  }
  const pattern = names.findIndex(isPattern);
  const folder = pattern < 0 ? names : names.slice(0, pattern);
  let listing: ReturnType<typeof listByEngine> | undefined;
  const listed = () => (listing ??= listByEngine(client, folder.length > 0 ? toPath(folder) : `${root}/`));
  return {
    names,
    toPath,
    exists: async () => (await listed()).isThere,
    list: async (below) => (await listed()).below(below),
  };
}

function localPlace(path: string): Place {
  const whole = resolve(path.startsWith("file:") ? fileURLToPath(path) : path);
  const toPath = (names: readonly string[]) => {
    const local = `/${names.join("/")}`;
    // What looks like a pattern is none in an address.
    return isPattern(local) ? addressOf(local) : local;
  };
  const exists = () => succeeds(access(whole));
  return {
    names: whole.split("/").slice(1),
    toPath,
    exists,
    list: (names) => localEntries(`/${names.join("/")}`),
  };
}

function localEntries(folder: string): Promise<Entry[]> {
  const entries = readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.then((all) =>
    Promise.all(
      all.map(async (entry) => {
        const isDirectory = entry.isSymbolicLink()
          ? await stat(`${folder}/${entry.name}`).then(
              (target) => target.isDirectory(),
              () => false,
            )
          : entry.isDirectory();
        return { name: entry.name, isDirectory };
      }),
    ),
  );
}

function succeeds(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}

function addressOf(path: string): string {
  return pathToFileURL("/").href + path.slice(1).split("/").map(escaped).join("/");
}

function escaped(name: string): string {
  return encodeURIComponent(name).replaceAll("*", "%2A");
}
