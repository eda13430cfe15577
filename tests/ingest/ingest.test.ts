import { readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import {
  createTopic,
  feeds,
  ingest,
  type IngestOptions,
  IngestError,
  kafka,
  parquet,
  produce,
} from "../../runtime/index.ts";
import { sessionFor, valuesOf } from "../support/engines.ts";
import { root } from "../support/command.ts";
import { readDeadLetters, tableFiles } from "../support/ingest/table-files.ts";
import { serversFor } from "../support/ingest/servers.ts";

const servers = serversFor();
const session = sessionFor("sail");

let count = 0;

/** A topic of its own with these records, and a table's folder. */
async function topicWith(records: readonly (string | Buffer)[], partitions = 1) {
  const topic = `topic-${++count}`;
  await createTopic({ brokers: servers.brokers, topic, partitions });
  await produce({ brokers: servers.brokers, topic }, records);
  return { topic, lake: join(servers.folder, topic) };
}

/** Everything Kafka has now, into the table. */
function take(topic: string, lake: string, options: Partial<IngestOptions> = {}) {
  return ingest({
    from: kafka({
      brokers: servers.brokers,
      topics: [topic],
      groupId: `group-${topic}`,
      sessionTimeoutMs: 6000,
    }),
    parse: { [topic]: feeds.json() },
    to: parquet(lake),
    trigger: { availableNow: true },
    ...options,
  }).finished;
}

const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) =>
    JSON.stringify({ "@timestamp": "2026-11-01T10:00:00Z", id: from + i, host: `h${i % 3}` }),
  );

describe("ingest", () => {
  test("brings SIEM events, Nessus reports, STIX bundles and CISA's catalog into one table", async () => {
    const data = (name: string) => readFileSync(join(root, "examples/data", name));
    const { brokers } = servers;
    const topics = ["vulnerability", "threat-intel", "kev"];
    for (const topic of topics) await createTopic({ brokers, topic, partitions: 2 });
    await produce({ brokers, topic: "vulnerability" }, [data("web-server.nessus"), data("firewall.nessus")]);
    await produce({ brokers, topic: "threat-intel" }, [data("ics-attack.stix.json")]);
    await produce({ brokers, topic: "kev" }, [data("known-exploited.json")]);
    const lake = join(servers.folder, "three-feeds");
    const progress = await ingest({
      from: kafka({ brokers, topics, groupId: "three" }),
      parse: {
        vulnerability: feeds.nessus(),
        "threat-intel": feeds.stix(),
        kev: feeds.json({ records: "vulnerabilities" }),
      },
      to: parquet(lake),
      trigger: { availableNow: true },
    }).finished;
    expect(progress).toMatchObject({ state: "stopped", rows: 863, lag: 0, deadLetters: 0 });
    const table = session.spark.read.option("mergeSchema", "true").parquet(lake);
    expect(valuesOf(await table.groupBy("source").count().orderBy("source").collect())).toEqual([
      ["kev", 294],
      ["threat-intel", 513],
      ["vulnerability", 56],
    ]);
  });

  test("keeps the order of a partition, with where each row came from", async () => {
    const { topic, lake } = await topicWith(events(0, 2500));
    await take(topic, lake);
    const rows = tableFiles(lake).flatMap((file) =>
      pl.readParquet(file).select("id", "kafka_offset", "kafka_partition").rows(),
    );
    expect(rows).toEqual(Array.from({ length: 2500 }, (_, i) => [i, i, 0]));
  });

  test("goes on where the last commit ends, and Kafka's own tools see no lag", async () => {
    const { topic, lake } = await topicWith(events(0, 100), 3);
    expect(await take(topic, lake)).toMatchObject({ rows: 100 });
    expect(await take(topic, lake)).toMatchObject({ rows: 0, commits: 0 });
    await produce({ brokers: servers.brokers, topic }, events(100, 130));
    expect(await take(topic, lake)).toMatchObject({ rows: 30 });
    const ids = valuesOf(await session.spark.read.parquet(lake).select("id").orderBy("id").collect());
    expect(ids.flat()).toEqual(Array.from({ length: 130 }, (_, i) => i));
    const { stdout } = await servers.kafka.run("kafka-consumer-groups", [
      "--describe",
      "--group",
      `group-${topic}`,
    ]);
    const lines = stdout.split("\n").filter((line) => line.includes(` ${topic} `));
    const lags = lines.map((line) => line.trim().split(/\s+/)[5]);
    expect(lags).toEqual(["0", "0", "0"]);
  });

  test("puts what can't be parsed among the dead letters, raw, and goes on", async () => {
    const raw = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x22]);
    const { topic, lake } = await topicWith([...events(0, 3), '{"id": 3, ', raw, "[1]", "", ...events(4, 6)]);
    const progress = await take(topic, lake);
    expect(progress).toMatchObject({ rows: 5, deadLetters: 4, lag: 0 });
    const letters = readDeadLetters(lake);
    expect(letters.map(({ offset }) => offset)).toEqual([3, 4, 5, 6]);
    expect(Buffer.from(letters[1].value, "base64")).toEqual(raw);
    expect(letters[0]).toMatchObject({ topic, partition: 0, key: null });
    for (const { error } of letters) expect(error).toMatch(/\S/);
    const ids = valuesOf(await session.spark.read.parquet(lake).select("id").orderBy("id").collect());
    expect(ids.flat()).toEqual([0, 1, 2, 4, 5]);
  });

  test("takes a function for a feed of one's own; what it throws is a dead letter", async () => {
    const { topic, lake } = await topicWith(["a;1", "b;2", "c", "d;4"]);
    const progress = await take(topic, lake, {
      parse: {
        [topic]: (value) => {
          const [name, number] = value.toString().split(";");
          if (number === undefined) throw new Error(`no number in ${name}`);
          return [
            { name, number: Number(number) },
            { name: `${name}${name}`, number: -Number(number) },
          ];
        },
      },
    });
    expect(progress).toMatchObject({ rows: 6, deadLetters: 1 });
    const [letter] = readDeadLetters(lake);
    expect(letter.error).toBe("no number in c");
    expect(Buffer.from(letter.value, "base64").toString()).toBe("c");
    const rows = await session.spark.read.parquet(lake).select("name", "number").orderBy("name").collect();
    expect(valuesOf(rows)).toEqual([
      ["a", 1],
      ["aa", -1],
      ["b", 2],
      ["bb", -2],
      ["d", 4],
      ["dd", -4],
    ]);
  });

  test("a record whose value is null is no event and no dead letter", async () => {
    const { topic, lake } = await topicWith(events(0, 1));
    await servers.kafka.run(
      "kafka-console-producer",
      ["--topic", topic, "--reader-property", "parse.key=true", "--reader-property", "null.marker=NULL"],
      "k\tNULL\n",
    );
    expect(await take(topic, lake)).toMatchObject({ rows: 1, deadLetters: 0, lag: 0 });
  });

  test("tells its progress while it runs, and stops cleanly", async () => {
    const { topic, lake } = await topicWith(events(0, 10), 2);
    const job = ingest({
      from: kafka({ brokers: servers.brokers, topics: [topic], groupId: `group-${topic}` }),
      parse: { [topic]: feeds.json() },
      to: parquet(lake),
      trigger: { processingTime: "1 hour" },
    });
    await progressed(job, ({ lag }) => lag === 10);
    expect(job.progress).toMatchObject({ state: "running", rows: 0, lag: 10 });
    expect(job.progress.partitions.map((each) => [each.topic, each.partition])).toEqual([
      [topic, 0],
      [topic, 1],
    ]);
    expect(await job.stop()).toMatchObject({ state: "stopped", rows: 10, lag: 0 });
    expect(await job.stop()).toMatchObject({ state: "stopped" });
    const { stdout, stderr } = await servers.kafka.run("kafka-consumer-groups", [
      "--describe",
      "--members",
      "--group",
      `group-${topic}`,
    ]);
    expect(stdout + stderr).toContain("has no active members");
  });

  test("writes a day's events into that day's folder, by a field's value too", async () => {
    const { topic, lake } = await topicWith([
      '{"ts": 1762000000.5, "id": 1, "site": "a/b"}',
      '{"ts": 1762100000, "id": 2, "site": null}',
    ]);
    await take(topic, lake, { to: parquet(lake, { partitionBy: ["date", "site"] }) });
    const folders = tableFiles(lake).map((file) => file.slice(lake.length + 1).replace(/\/[^/]+$/, ""));
    expect(folders).toEqual([
      "date=2025-11-01/site=a%2Fb",
      "date=2025-11-02/site=__HIVE_DEFAULT_PARTITION__",
    ]);
    const other = take(topic, lake, { to: parquet(lake, { partitionBy: ["date"] }) });
    await expect(other).rejects.toThrow(
      /is partitioned by \["date","site"\].*\n.*partitionBy: \["date","site"\]/,
    );
  });

  test("a column keeps its type when later events bring another", async () => {
    const { topic, lake } = await topicWith(['{"id": 1, "port": 22}', '{"id": 2, "port": 443}']);
    await take(topic, lake);
    await produce({ brokers: servers.brokers, topic }, [
      '{"id": 3, "port": "ssh", "Port": 1}',
      '{"id": 9007199254740993, "port": 80.5}',
    ]);
    await take(topic, lake);
    const table = session.spark.read.option("mergeSchema", "true").parquet(lake);
    const rows = await table.select("id", "port", "port__string", "Port_2").orderBy("id").collect();
    expect(valuesOf(rows)).toEqual([
      [1, 22, null, null],
      [2, 443, null, null],
      [3, null, "ssh", 1],
      [9007199254740993n, null, "80.5", null],
    ]);
  });

  test("many topics of one group: a bad one doesn't hold the others up", async () => {
    const good = await topicWith(events(0, 50), 2);
    const bad = await topicWith(["not json at all", "<xml/>"]);
    const lake = join(servers.folder, "both");
    const progress = await ingest({
      from: kafka({ brokers: servers.brokers, topics: [good.topic, bad.topic], groupId: "both" }),
      parse: { [good.topic]: feeds.json(), [bad.topic]: feeds.stix() },
      to: parquet(lake),
      trigger: { availableNow: true },
    }).finished;
    expect(progress).toMatchObject({ rows: 50, deadLetters: 2, lag: 0 });
  });

  test("shows itself as a table whose text is never markup", async () => {
    const job = ingest({
      from: kafka({ brokers: servers.brokers, topics: ["nowhere"], groupId: "g" }),
      parse: { nowhere: feeds.json() },
      to: parquet(join(servers.folder, "<img src=x>")),
    });
    await expect(job.finished).rejects.toThrow(IngestError);
    const show = job as unknown as Record<symbol, () => Record<string, string>>;
    const shown = show[Symbol.for("Jupyter.display")]();
    expect(shown["text/html"]).not.toContain("<img");
    expect(shown["text/plain"]).toContain("Kafka has no topic nowhere");
  });
});

async function progressed(
  job: ReturnType<typeof ingest>,
  isSo: (progress: (typeof job)["progress"]) => boolean,
): Promise<void> {
  while (!isSo(job.progress)) {
    if (job.progress.state === "failed") await job.finished;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
