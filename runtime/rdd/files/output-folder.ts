// What `saveAsTextFile` makes: a folder of parts, seen by others when all are written.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { PlanError } from "../../connect/plan-error.ts";
import { shown } from "../../sql/argument-error.ts";
import { fileSystemOf } from "./file-system.ts";
import { hdfsOf } from "./hdfs-file-system.ts";
import type { Codec } from "./splits.ts";
import { codecSuffix, type TextOutput } from "./text-output.ts";

const codecs: Readonly<Record<string, Codec>> = {
  GzipCodec: "gzip",
  ZStandardCodec: "zstd",
  DefaultCodec: "deflate",
  DeflateCodec: "deflate",
};

/**
 * What a class of Hadoop packs with; undefined where none is given.
 * @param className "org.apache.hadoop.io.compress.GzipCodec"
 * @throws PlanError for one that isn't known here
 */
export function codecOf(className: string | null | undefined): Codec | undefined {
  if (className === undefined || className === null) return undefined;
  const given = typeof className === "string" ? className : "";
  const [, name = ""] = /^org\.apache\.hadoop\.io\.compress\.(\w+)$/.exec(given) ?? [];
  if (Object.hasOwn(codecs, name)) return codecs[name];
  throw new PlanError(
    `saveAsTextFile() can't pack with ${shown(className)}.`,
    `Pass one of ${Object.keys(codecs).join(", ")} with org.apache.hadoop.io.compress. before it, or none.`,
  );
}

/** A folder that a job fills. */
export class OutputFolder {
  /** What the job's tasks are told. */
  readonly output: TextOutput;
  readonly #place: Place;

  private constructor(place: Place, codec: Codec | undefined, scratchFolder: string | undefined) {
    const folder = `${place.path}/_temporary/${place.job}`;
    this.output = { folder, codec, hdfs: place.hdfs, scratchFolder };
    this.#place = place;
  }

  /**
   * Makes the folder.
   * @param path relative to the working folder, or an address
   * @throws PlanError when it is there already; StorageError what HDFS says
   */
  static async create(path: string, codec?: Codec, scratchFolder?: string): Promise<OutputFolder> {
    const { system, path: whole } = await fileSystemOf(path, "saveAsTextFile");
    const place = system.hdfs ? await hdfsPlace(`${system.root}${whole}`, whole) : new LocalPlace(whole);
    await place.create(path);
    return new OutputFolder(place, codec, scratchFolder);
  }

  /**
   * Gives the parts their names, and says that all are there by `_SUCCESS`.
   * @param names what the tasks called their files, in the order of partitions
   */
  async commit(names: readonly string[]): Promise<void> {
    const { codec } = this.output;
    const suffix = codec ? codecSuffix[codec] : "";
    for (const [partition, name] of names.entries()) {
      await this.#place.publish(name, `part-${String(partition).padStart(5, "0")}${suffix}`);
    }
    await this.#place.succeed();
  }

  /** Takes away what the tasks wrote, and the folder. */
  abort(): Promise<void> {
    return this.#place.abort();
  }
}

interface Place {
  readonly path: string;
  readonly job: string;
  readonly hdfs?: TextOutput["hdfs"];
  create(given: string): Promise<void>;
  publish(from: string, to: string): Promise<void>;
  succeed(): Promise<void>;
  abort(): Promise<void>;
}

class LocalPlace implements Place {
  readonly path: string;
  readonly job = randomUUID();

  constructor(path: string) {
    this.path = path;
  }

  async create(given: string): Promise<void> {
    try {
      const parent = dirname(this.path);
      if (!existsSync(parent)) await mkdir(parent, { recursive: true });
      await mkdir(this.path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") throw alreadyThere(given, `file:${this.path}`);
      throw new PlanError(
        `saveAsTextFile("${given}") can't make the folder ${this.path} (${code}).`,
        "Choose another place, or let this account write there.",
        { cause: error },
      );
    }
    await mkdir(`${this.path}/_temporary/${this.job}`, { recursive: true });
  }

  publish(from: string, to: string): Promise<void> {
    return rename(`${this.path}/_temporary/${this.job}/${from}`, `${this.path}/${to}`);
  }

  async succeed(): Promise<void> {
    await rm(`${this.path}/_temporary`, { recursive: true, force: true });
    await writeFile(`${this.path}/_SUCCESS`, "");
  }

  async abort(): Promise<void> {
    await rm(`${this.path}/_temporary`, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await rmdir(this.path).catch(() => {}); // somebody else's files are in it
  }
}

async function hdfsPlace(url: string, path: string): Promise<Place> {
  const { root, storage } = await hdfsOf(url);
  const inside = path.slice(1);
  const job = randomUUID();
  const temporary = `${inside}/_temporary`;
  return {
    path,
    job,
    hdfs: { ...storage.access, root },
    async create(given) {
      if (await storage.exists(inside)) throw alreadyThere(given, url);
      await storage.write(`${temporary}/${job}/_started`, new Uint8Array());
    },
    async publish(from, to) {
      await storage.rename(`${temporary}/${job}/${from}`, `${inside}/${to}`);
    },
    async succeed() {
      await storage.remove(temporary);
      await storage.write(`${inside}/_SUCCESS`, new Uint8Array());
    },
    async abort() {
      await storage.remove(temporary);
      if ((await storage.list(inside)).length === 0) await storage.remove(inside);
    },
  };
}

function alreadyThere(given: string, url: string): PlanError {
  return new PlanError(
    `saveAsTextFile("${given}"): ${url} is there already, and what is there isn't replaced.`,
    "Choose another path, or remove it first.",
  );
}
