// Kafka, HDFS and ingests that are killed while events flow: does the table hold each event once?
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Hdfs, startHdfs } from "../../../dev/hdfs/start-hdfs.ts";
import { type Kafka, startKafka } from "../../../dev/kafka/start-kafka.ts";
import { createTopic, functions as F, produce, SparkSession } from "../../../runtime/index.ts";
import { openStorage } from "../../../runtime/storage/open-storage.ts";
import type { Storage } from "../../../runtime/storage/storage.ts";
import type { Command } from "../command.ts";
import { randomFrom } from "../random.ts";
import { startIngest, writeIngestConfig } from "./ingest-process.ts";
import { type TappedRequest, WebHdfsTap } from "./webhdfs-tap.ts";

/** How many of each happen while the events flow. */
export interface Faults {
  /** A broker is killed, and started again seconds later. */
  readonly broker: number;
  readonly dataNode: number;
  /** An ingest is killed at a random moment. */
  readonly ingest: number;
  /** An ingest is killed after some of a commit's files are moved in, and before the others are. */
  readonly betweenRenames: number;
  /** An ingest is stopped just before it publishes a commit, loses its partitions, and wakes up. */
  readonly zombie: number;
}

export interface FaultReport {
  readonly rows: number;
  readonly distinct: number;
  readonly smallest: number;
  readonly largest: number;
  readonly commits: number;
  /** Commits that a zombie tried to publish at a place that was taken. */
  readonly zombiesRefused: number;
  readonly seconds: number;
}

const topic = "siem";
const partitions = 6;
const dates = 3;

/** One of the ingests, with the tap that its requests to the NameNode go through. */
interface Member {
  readonly name: string;
  readonly tap: WebHdfsTap;
  readonly config: string;
  process: Command;
}

/**
 * Produces events while brokers, DataNodes and ingests die, waits until all are committed, and reads the table with
 * the embedded engine.
 * @param seed of the order and the moments of the faults
 */
export async function ingestThroughFaults(options: {
  readonly events: number;
  readonly faults: Faults;
  readonly seed: number;
  readonly say?: (line: string) => void;
}): Promise<FaultReport> {
  const { events, faults, seed, say = () => {} } = options;
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "sightline-faults-"));
  const kafka = await startKafka({ brokers: 3 });
  let hdfs: Hdfs | undefined;
  const members: Member[] = [];
  try {
    hdfs = await startHdfs({ dataNodes: 3 });
    await createTopic({ brokers: kafka.bootstrap, topic, partitions, replicas: 3 });
    const url = `${hdfs.url}/lake`;
    for (const name of ["a", "b"]) members.push(await startMember(name, folder, kafka, hdfs, url));
    const storage = await openStorage(url, { webhdfs: hdfs.webhdfs });
    const run = new FaultRun({ kafka, hdfs, members, storage, random: fractions(seed), say });
    const flow = new Flow(events);
    const produced = produce({ brokers: kafka.bootstrap, topic }, flow.records());
    // Without records nothing would be committed, and a fault would wait for it in vain.
    const producing = produced.then(() => new Promise<never>(() => {}));
    producing.catch(() => {});
    const order = shuffled(
      Object.entries(faults).flatMap(([kind, count]) =>
        Array<keyof Faults>(count).fill(kind as keyof Faults),
      ),
      run.random,
    );
    for (const [index, kind] of order.entries()) {
      flow.release(Math.floor((events * (index + 1)) / (order.length + 1)));
      say(`${index + 1}/${order.length} ${kind}`);
      await Promise.race([run[kind](), producing]);
    }
    flow.release(events);
    await produced;
    await committed(storage, events, members);
    for (const { process } of members) await stopped(process);
    const table = await readBack(url);
    const commits = (await storage.list("_commits")).filter(({ name }) => /\d{20}\.json$/.test(name)).length;
    const seconds = Math.round((performance.now() - started) / 1000);
    return { ...table, commits, zombiesRefused: run.zombiesRefused, seconds };
  } finally {
    for (const { process, tap } of members) {
      process.child.kill("SIGKILL");
      process.child.kill("SIGCONT");
      await tap.stop();
    }
    await Promise.all([kafka.stop(), hdfs?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startMember(
  name: string,
  folder: string,
  kafka: Kafka,
  hdfs: Hdfs,
  url: string,
): Promise<Member> {
  const tap = await WebHdfsTap.start(hdfs.webhdfs);
  const config = writeIngestConfig(
    folder,
    { brokers: kafka.bootstrap, parse: { [topic]: "feeds.json()" }, url, webhdfs: tap.url },
    `${name}.ts`,
  );
  return { name, tap, config, process: startIngest(config, ["--every", "1"]) };
}

/** What happens to brokers, DataNodes and ingests. */
class FaultRun {
  readonly random: () => number;
  readonly #kafka: Kafka;
  readonly #hdfs: Hdfs;
  readonly #members: readonly Member[];
  readonly #storage: Storage;
  readonly #say: (line: string) => void;
  #forwards = false;
  zombiesRefused = 0;

  constructor(parts: {
    kafka: Kafka;
    hdfs: Hdfs;
    members: readonly Member[];
    storage: Storage;
    random: () => number;
    say: (line: string) => void;
  }) {
    this.random = parts.random;
    this.#kafka = parts.kafka;
    this.#hdfs = parts.hdfs;
    this.#members = parts.members;
    this.#storage = parts.storage;
    this.#say = parts.say;
  }

  async broker(): Promise<void> {
    const victim = Math.floor(this.random() * 3);
    await sleep(this.random() * 1500);
    await this.#kafka.kill(victim);
    await sleep(500 + this.random() * 2000);
    await this.#kafka.restart(victim);
  }

  async dataNode(): Promise<void> {
    const victim = Math.floor(this.random() * 3);
    await sleep(this.random() * 1500);
    await this.#hdfs.killDataNode(victim);
    await sleep(500 + this.random() * 2000);
    await this.#hdfs.restartDataNode(victim);
  }

  async ingest(): Promise<void> {
    const member = this.#pick();
    await sleep(this.random() * 2000);
    await this.#die(member);
  }

  /** Every other time the rename that the ingest dies at is still carried out. */
  async betweenRenames(): Promise<void> {
    this.#forwards = !this.#forwards;
    const forwards = this.#forwards;
    const moved = new Map<string, number>();
    const member = await this.#first((each) => async (request: TappedRequest) => {
      if (request.op !== "RENAME" || !request.path.includes("/_staging/")) return false;
      if (request.destination.includes("/_commits/")) return false;
      const commit = request.path.slice(0, request.path.lastIndexOf("/"));
      moved.set(commit, (moved.get(commit) ?? 0) + 1);
      if (moved.get(commit)! < 2) return false;
      each.process.child.kill("SIGKILL");
      await each.process.exited;
      if (!forwards) await new Promise(() => {});
      return true;
    });
    await this.#die(member);
  }

  async zombie(): Promise<void> {
    let slot = "";
    const wakes = Promise.withResolvers<void>();
    const member = await this.#first(
      (each) => async (request: TappedRequest) => {
        if (request.op !== "RENAME" || !request.destination.includes("/_commits/")) return false;
        if (!/\d{20}\.json$/.test(request.destination)) return false;
        slot = request.destination.slice(request.destination.indexOf("/_commits/") + 1);
        each.process.child.kill("SIGSTOP");
        return wakes.promise.then(() => true);
      },
      false,
    );
    // The group gives its partitions to the other one, which reads the same records and commits them.
    await until(`another commit at ${slot}`, 60_000, () => this.#storage.exists(slot));
    this.zombiesRefused++;
    member.process.child.kill("SIGCONT");
    wakes.resolve();
    await sleep(1000);
  }

  /** Waits until the handler of one member has struck; its request is held as long as the handler says. */
  #first(
    handlerOf: (member: Member) => (request: TappedRequest) => Promise<boolean>,
    waits = true,
  ): Promise<Member> {
    const struck = Promise.withResolvers<Member>();
    let isOver = false;
    for (const member of this.#members) {
      const handler = handlerOf(member);
      member.tap.beforeRequest = async (request) => {
        if (isOver) return;
        const outcome = handler(request);
        if (!waits && isMatch(request)) {
          isOver = true;
          struck.resolve(member);
        }
        // A handler that holds the request for good has struck once its ingest is dead.
        void member.process.exited.then(() => {
          if (waits && !isOver) {
            isOver = true;
            struck.resolve(member);
          }
        });
        if ((await outcome) && waits && !isOver) {
          isOver = true;
          struck.resolve(member);
        }
      };
    }
    return struck.promise.finally(() => {
      for (const { tap } of this.#members) tap.beforeRequest = () => {};
    });
  }

  #pick(): Member {
    return this.#members[Math.floor(this.random() * this.#members.length)];
  }

  async #die(member: Member): Promise<void> {
    member.process.child.kill("SIGKILL");
    await member.process.exited;
    this.#say(`  ingest ${member.name} was killed`);
    member.process = startIngest(member.config, ["--every", "1"]);
  }
}

function isMatch({ op, destination }: TappedRequest): boolean {
  return op === "RENAME" && /\/_commits\/.*\d{20}\.json$/.test(destination);
}

/** Events with ids from 0, of which only as many are given as were released. */
class Flow {
  readonly #total: number;
  #released = 0;
  #more = Promise.withResolvers<void>();

  constructor(total: number) {
    this.#total = total;
  }

  release(count: number): void {
    this.#released = Math.max(this.#released, count);
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }

  async *records(): AsyncGenerator<string, void, undefined> {
    for (let id = 0; id < this.#total; id++) {
      while (id >= this.#released) await this.#more.promise;
      const day = 1 + (id % dates);
      yield JSON.stringify({
        "@timestamp": `2026-11-0${day}T10:00:00.000Z`,
        id,
        host: `host-${id % 211}.corp.example`,
        bytes: (id * 7919) % 1_000_003,
      });
      // In small portions, so that every partition always has something to commit.
      if (id % 500 === 499) await sleep(5);
    }
  }
}

/** Waits until the commits hold every event. */
async function committed(storage: Storage, events: number, members: readonly Member[]): Promise<void> {
  let held = 0;
  await until(
    () => `${events} committed events; there are ${held}. ${members.map(lastWords).join(" | ")}`,
    180_000,
    async () => {
      held = 0;
      const names = (await storage.list("_commits")).filter(({ name }) => /\d{20}\.json$/.test(name));
      const heads = new Map<string, string>();
      for (const { name } of names) heads.set(name.replace(/-\d{20}\.json$/, ""), name);
      for (const name of heads.values()) {
        held += (JSON.parse((await storage.read(`_commits/${name}`)).toString()) as { nextOffset: number })
          .nextOffset;
      }
      return held >= events;
    },
  );
}

function lastWords({ name, process }: Member): string {
  return `${name}: ${process.stdout.trim().split("\n").at(-1)} ${process.stderr.slice(-500)}`;
}

async function stopped(process: Command): Promise<void> {
  // One that has just been started again doesn't listen to signals yet.
  await process.says(/ rows /);
  process.child.kill("SIGTERM");
  const { code } = await process.exited;
  if (code !== 0) throw new Error(`An ingest ended with ${code}:\n${process.stdout}${process.stderr}`);
}

async function readBack(url: string) {
  const spark = await SparkSession.builder.remote("sail").getOrCreate();
  try {
    const table = spark.read.option("mergeSchema", "true").parquet(url);
    const [row] = await table.agg(F.count("*"), F.countDistinct("id"), F.min("id"), F.max("id")).collect();
    const [rows, distinct, smallest, largest] = row.toArray().map(Number);
    return { rows, distinct, smallest, largest };
  } finally {
    await spark.stop();
  }
}

async function until(
  what: string | (() => string),
  timeoutMs: number,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end)
      throw new Error(`Waited in vain for ${typeof what === "string" ? what : what()}.`);
    await sleep(200);
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
/** Random numbers from 0 to 1, the same each time for a seed. */
function fractions(seed: number): () => number {
  const below = randomFrom(seed);
  return () => below(2 ** 32) / 2 ** 32;
}
