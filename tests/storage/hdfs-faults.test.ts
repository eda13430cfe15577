import { createHash, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { HdfsStorage } from "../../runtime/storage/hdfs/hdfs-storage.ts";
import { parseHdfsUrl } from "../../runtime/storage/hdfs/hdfs-url.ts";
import { defaultLimits, type Limits } from "../../runtime/storage/hdfs/limits.ts";
import type { Storage } from "../../runtime/storage/storage.ts";
import { clusterFor } from "./cluster.ts";
import { startLossyProxy } from "./lossy-proxy.ts";

// A pipeline gives a frozen DataNode up after 3 s and 5 s a node, not 60 s.
const cluster = clusterFor({ dataNodes: 3, config: { "dfs.client.socket-timeout": 3000 } });

const leastNames = 12;

function open(
  folder: string,
  limits: Partial<Limits> = {},
  webhdfs = cluster.hdfs.webhdfs,
): Promise<HdfsStorage> {
  const { url } = cluster.hdfs;
  return HdfsStorage.open(parseHdfsUrl(url + folder), { webhdfs }, { ...defaultLimits, ...limits });
}

/** Bytes that say by themselves whose and whole they are. */
function content(writer: number, name: number): Buffer {
  const hash = createHash("sha256").update(`${writer} ${name}`).digest();
  return Buffer.concat(Array.from({ length: 1 + ((name * 7919) % 20_000) }, () => hash));
}

/**
 * Two writers do what an ingest does, for the same names at the same time, until told to stop: write aside, publish a
 * record, and who wins moves its file in. Gives what each was told.
 */
async function contend(lakes: readonly [Storage, Storage], isOver: () => boolean) {
  const winners: number[] = [];
  let name = 0;
  const work = async () => {
    while (!isOver() || name < leastNames) {
      const mine = name++;
      const won = await Promise.all(
        lakes.map(async (lake, writer) => {
          const staged = `_staging/${writer}-${mine}`;
          await lake.write(staged, content(writer, mine));
          if (!(await lake.publish(`_commits/${mine}`, content(writer, mine)))) return false;
          const isMoved = await lake.rename(staged, `table/part=${mine % 3}/${mine}`);
          expect(isMoved).toBe(true);
          return true;
        }),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      winners[mine] = won.indexOf(true);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return winners;
}

/** Everything that was said to be there is there, whole, and nothing else. */
async function check(lake: Storage, winners: readonly number[]): Promise<void> {
  const names = (folder: string) => lake.list(folder).then((all) => all.map(({ name }) => name));
  const expected = winners.map((_, name) => String(name)).sort();
  expect(await names("_commits")).toEqual(expected);
  const table = await Promise.all([0, 1, 2].map((part) => names(`table/part=${part}`)));
  expect(table.flat().sort()).toEqual(expected);
  for (const [name, writer] of winners.entries()) {
    for (const path of [`_commits/${name}`, `table/part=${name % 3}/${name}`]) {
      expect((await lake.read(path)).equals(content(writer, name)), path).toBe(true);
    }
    expect(await lake.exists(`_staging/${writer}-${name}`)).toBe(false);
    const lost = `_staging/${1 - writer}-${name}`;
    expect((await lake.read(lost)).equals(content(1 - writer, name)), lost).toBe(true);
  }
}

async function underFaults(
  folder: string,
  limits: Partial<Limits>,
  faults: () => Promise<void>,
  webhdfs?: string,
): Promise<number[]> {
  const lakes = [await open(folder, limits, webhdfs), await open(folder, limits, webhdfs)] as const;
  let isOver = false;
  const [winners] = await Promise.all([
    contend(lakes, () => isOver),
    sleep(500)
      .then(faults)
      .finally(() => (isOver = true)),
  ]);
  expect(winners.length).toBeGreaterThanOrEqual(leastNames);
  await check(await open(folder), winners);
  return winners;
}

describe("HDFS under faults", () => {
  test("keeps every file whole, and one winner each, while a DataNode is killed", async () => {
    await underFaults("/datanodes", {}, async () => {
      const index = randomInt(3);
      await sleep(randomInt(1500));
      await cluster.hdfs.killDataNode(index);
      // So that some of it is without that one.
      await sleep(3000);
      await cluster.hdfs.restartDataNode(index);
    });
  }, 300_000);

  test("and while the NameNode is killed", async () => {
    await underFaults("/namenode", {}, async () => {
      await sleep(randomInt(1500));
      await cluster.hdfs.killNameNode();
      await cluster.hdfs.restartNameNode();
    });
  }, 300_000);

  test("and while a NameNode answers so late that it was asked again", async () => {
    const { servers } = cluster.hdfs;
    await underFaults("/late", { answerMs: 400 }, async () => {
      for (let round = 0; round < 5; round++) {
        await sleep(randomInt(800));
        process.kill(servers[0].pid, "SIGSTOP");
        await sleep(900);
        process.kill(servers[0].pid, "SIGCONT");
      }
    });
  }, 300_000);

  test("and while a DataNode answers so late that another was asked", async () => {
    const { servers } = cluster.hdfs;
    await underFaults("/frozen", { dataMs: 2000 }, async () => {
      for (const server of servers.slice(1)) {
        await sleep(randomInt(800));
        process.kill(server.pid, "SIGSTOP");
        await sleep(4000);
        process.kill(server.pid, "SIGCONT");
      }
    });
  }, 300_000);

  test("and while every answer to a change is lost once, and the request comes again late", async () => {
    const proxy = await startLossyProxy(cluster.hdfs.webhdfs, () => randomInt(1500));
    try {
      const winners = await underFaults("/lossy", {}, async () => {}, proxy.address);
      await proxy.settled();
      expect(proxy.lostRenames).toBeGreaterThanOrEqual(4 * leastNames);
      await check(await open("/lossy"), winners);
    } finally {
      proxy.close();
    }
  }, 120_000);
});
