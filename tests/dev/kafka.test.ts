import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, type TestContext } from "vitest";
import { missingTools } from "../../dev/jars/find-tools.ts";
import { type Kafka, type KafkaOptions, startKafka } from "../../dev/kafka/start-kafka.ts";
import { freePort } from "../support/free-port.ts";

const timeout = 300_000;

async function start(context: TestContext, options: KafkaOptions): Promise<Kafka> {
  const missing = missingTools();
  if (missing) context.skip(missing);
  const kafka = await startKafka(options);
  onTestFinished(() => kafka.stop());
  return kafka;
}

async function send(kafka: Kafka, topic: string, lines: string[]): Promise<void> {
  const result = await kafka.run(
    "kafka-console-producer",
    ["--topic", topic, "--command-property", "acks=all"],
    lines.join("\n"),
  );
  expect(result).toMatchObject({ code: 0 });
}

async function read(kafka: Kafka, topic: string, count: number): Promise<string[]> {
  const args = ["--topic", topic, "--from-beginning", "--max-messages", String(count), "--group", "readers"];
  const { stdout } = await kafka.run("kafka-console-consumer", [...args, "--timeout-ms", "60000"]);
  return stdout.trim().split("\n").sort();
}

test(
  "one broker keeps its records over a kill, and Kafka's own tools see the lag",
  { timeout },
  async (context) => {
    const kafka = await start(context, { config: { "num.network.threads": 2 } });
    expect(kafka.bootstrap).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
    await kafka.createTopic({ topic: "siem", partitions: 2, config: { "retention.ms": "3600000" } });
    const { stdout: topics } = await kafka.run("kafka-topics", ["--describe", "--topic", "siem"]);
    expect(topics).toMatch(/PartitionCount: 2\s+ReplicationFactor: 1\s.*retention\.ms=3600000/);
    await send(kafka, "siem", ["one", "two"]);
    await kafka.kill(0);
    expect(kafka.servers[0].exit).toBe("was killed by SIGKILL");
    await kafka.restart(0);
    expect(await read(kafka, "siem", 2)).toEqual(["one", "two"]);
    await send(kafka, "siem", ["three"]);
    const { stdout } = await kafka.run("kafka-consumer-groups", ["--describe", "--group", "readers"]);
    const lag = stdout
      .split("\n")
      .flatMap((line) => (line.startsWith("readers") ? +line.split(/\s+/)[5] : []));
    expect(lag.reduce((sum, n) => sum + n, 0)).toBe(1);

    await expect(kafka.createTopic({ topic: "siem" })).rejects.toThrow(
      `Topic siem could not be created: Topic with this name already exists.\nSee what the brokers at ${kafka.bootstrap[0]} say in their logs.`,
    );
    await expect(kafka.run("kafka-topic" as "kafka-topics", [])).rejects.toThrow(
      "There is no tool kafka-topic.\nDid you mean kafka-topics? All: kafka-topics, kafka-consumer-groups,",
    );
    await kafka.stop();
    expect(existsSync(kafka.folder)).toBe(false);
  },
);

test("three brokers take and keep records while one of them is dead", { timeout }, async (context) => {
  const kafka = await start(context, { brokers: 3 });
  await kafka.createTopic({ topic: "siem", partitions: 6 });
  const { stdout } = await kafka.run("kafka-topics", ["--describe", "--topic", "siem"]);
  expect(stdout).toMatch(/ReplicationFactor: 3\s.*min\.insync\.replicas=2,.*max\.message\.bytes=16777216/);
  await send(kafka, "siem", ["before"]);
  await kafka.kill(1);
  await send(kafka, "siem", ["during"]);
  await kafka.restart(1);
  await kafka.kill(0);
  await kafka.kill(2, "SIGTERM");
  await Promise.all([kafka.restart(0), kafka.restart(2)]);
  expect(await read(kafka, "siem", 2)).toEqual(["before", "during"]);
});

test(
  "a broker that can't start is shown with the end of its log, and none is left",
  { timeout },
  async (context) => {
    const folder = join(mkdtempSync(join(tmpdir(), "sightline-kafka-")), "a folder");
    onTestFinished(() => rmSync(join(folder, ".."), { recursive: true }));
    const port = await freePort();
    const first = await start(context, { folder, ports: [port] });
    expect(first.bootstrap).toEqual([`127.0.0.1:${port}`]);
    await first.stop();
    const properties = join(folder, "broker-0", "meta.properties");
    writeFileSync(properties, readFileSync(properties, "utf8").replace(/node\.id=.*/, "node.id=7"));
    await expect(startKafka({ folder })).rejects.toThrow(
      /^Kafka broker 0 didn't start: it ended with exit code 1\. The end of its log:\n[^]*node id 7[^]*\nThe whole log: .*a folder\/logs\/broker-0\.log$/,
    );
  },
);

test("a setting that Kafka doesn't take is shown in its own words", { timeout }, async (context) => {
  const missing = missingTools();
  if (missing) context.skip(missing);
  await expect(startKafka({ config: { "log.segment.bytes": "much" } })).rejects.toThrow(
    /^Kafka can't prepare .*broker-0:\n[^]*much[^]*\nSee whether the disk is full and whether the settings in `config` are Kafka's\.$/,
  );
});

test("a taken port, too few ports and a wrong number of brokers are refused before anything starts", async (context) => {
  const missing = missingTools();
  if (missing) context.skip(missing);
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  onTestFinished(() => void other.close());
  await expect(startKafka({ ports: [port] })).rejects.toThrow(
    `Port ${port}, which Kafka should get, is in use by another program.\nName another port, or leave it out to take a free one.`,
  );
  await expect(startKafka({ ports: [0] })).rejects.toThrow(
    "0 is no port for Kafka.\nUse a number from 1 to 65535.",
  );
  await expect(startKafka({ ports: [] })).rejects.toThrow(
    "Kafka was given 0 ports, and 1 to start.\nGive each broker one.",
  );
  await expect(startKafka({ brokers: 2 as 3 })).rejects.toThrow(
    "Kafka can't be started with 2 brokers.\nUse 1 or 3.",
  );
});
