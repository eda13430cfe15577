// sightline produce and sightline ingest, as a person at a terminal uses them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Command } from "../support/command.ts";
import { startIngest, writeIngestConfig } from "../support/ingest/ingest-process.ts";
import { serversFor } from "../support/ingest/servers.ts";
import { readDeadLetters, tableFiles } from "../support/ingest/table-files.ts";

const servers = serversFor();
const sightline = (...args: string[]) => Command.run([process.execPath, "cli/sightline.mjs", ...args]);
const produce = (...args: string[]) => sightline("produce", "--brokers", servers.brokers.join(","), ...args);

function file(name: string, content: string | Buffer): string {
  const path = join(servers.folder, name);
  writeFileSync(path, content);
  return path;
}

describe("sightline produce", () => {
  test("sends a record a line, or a file as one, unpacked", async () => {
    const lines = '{"id":1}\n{"id":2}\r\n\n{"id":3}';
    const files = [
      file("a.ndjson", lines),
      file("b.ndjson.gz", gzipSync(lines)),
      file("c.jsonl.zst", zstdCompressSync(lines)),
      file("d.json", lines),
    ];
    const { code, stdout, stderr } = await produce(
      "--create",
      "--partitions",
      "2",
      "--topic",
      "kinds",
      ...files,
    );
    expect(stderr).toBe("");
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.split(": ")[1]),
    ).toEqual([
      "3 records, 24 bytes, to kinds",
      "3 records, 24 bytes, to kinds",
      "3 records, 24 bytes, to kinds",
      "1 records, 28 bytes, to kinds",
    ]);
    expect(code).toBe(0);
    const offsets = await servers.kafka.run("kafka-get-offsets", ["--topic", "kinds"]);
    const ends = offsets.stdout
      .trim()
      .split("\n")
      .map((line) => Number(line.split(":")[2]));
    expect(ends.reduce((a, b) => a + b)).toBe(10);
  });

  test("records of one key stay in one partition, in their order", async () => {
    const records = Array.from({ length: 40 }, (_, i) => JSON.stringify({ host: `h${i % 2}`, i })).join("\n");
    await produce("--create", "--topic", "keys", "--key", "host", file("keys.ndjson", records));
    const offsets = await servers.kafka.run("kafka-get-offsets", ["--topic", "keys"]);
    const ends = offsets.stdout
      .trim()
      .split("\n")
      .map((line) => Number(line.split(":")[2]));
    expect(ends.filter((end) => end > 0).reduce((a, b) => a + b)).toBe(40);
    expect(ends.every((end) => end % 20 === 0)).toBe(true);
  });

  test.each([
    [["--topic", "t"], 2, /was given no file\.\nName some/],
    [["x.ndjson"], 2, /needs the name of a topic\.\nAdd --topic/],
    [["--topic", "t", "no-such-file"], 2, /no file no-such-file\.\nCheck the path/],
    [["--topic", "t", "tests"], 2, /tests is a folder\.\nName its files/],
    [["--topic", "t", "--partitons", "3", "x"], 2, /--help shows the options/],
    [["--topic", "nowhere", "package.json"], 1, /Kafka has no topic nowhere\.\n/],
    [
      ["--create", "--topic", "t", "--partitions", "none", "package.json"],
      2,
      /--partitions was given none\.\n/,
    ],
  ])("says what is wrong with %j", async (args, code, message) => {
    const result = await produce(...args);
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(code);
  });

  test("a damaged .gz: what was before the damage is sent, and the message says so", async () => {
    const whole = gzipSync(Array.from({ length: 20_000 }, (_, i) => `{"id":${i}}`).join("\n"));
    const path = file("damaged.ndjson.gz", whole.subarray(0, whole.length >> 1));
    const { code, stderr } = await produce("--create", "--topic", "damaged", path);
    expect(stderr).toMatch(
      /damaged\.ndjson\.gz can't be read: .+\nThe records before the damage were sent\./,
    );
    expect(code).toBe(1);
  });
});

describe("sightline ingest", () => {
  test("runs a config until Ctrl-C, which commits what was read", async () => {
    await produce(
      "--create",
      "--partitions",
      "1",
      "--topic",
      "siem",
      file("siem.ndjson", '{"id":1}\nnonsense\n{"id":2}\n'),
    );
    const url = join(servers.folder, "lake");
    const options = {
      brokers: servers.brokers,
      parse: { siem: "feeds.json()" },
      url,
      processingTime: "1 hour",
    };
    const running = startIngest(writeIngestConfig(servers.folder, options), ["--every", "0.2"]);
    await running.says(/running · 0 rows · .* · lag 3 /);
    running.child.kill("SIGINT");
    expect(await running.exited).toEqual({ code: 0, signal: null });
    expect(running.stdout).toMatch(/Stopping: what was read is being committed/);
    expect(running.stdout.trim().split("\n").at(-1)).toMatch(
      /^stopped · 2 rows · .* · lag 0 · 1 files · 1 dead letters$/,
    );
    expect(tableFiles(url)).toHaveLength(1);
    expect(readDeadLetters(url).map(({ offset }) => offset)).toHaveLength(1);
  });

  test("--available-now takes what is there, and ends", async () => {
    await produce("--create", "--topic", "once", file("once.ndjson", '{"id":1}\n{"id":2}\n'));
    const url = join(servers.folder, "once");
    const config = writeIngestConfig(servers.folder, {
      brokers: servers.brokers,
      parse: { once: "feeds.json()" },
      url,
    });
    const { code, stdout } = await sightline("ingest", config, "--available-now");
    expect(stdout).toMatch(/stopped · 2 rows/);
    expect(code).toBe(0);
  });

  test.each([
    ["no config", () => [], 2, /takes one config\.\n/],
    ["a file that isn't there", () => ["nothing.ts"], 2, /no config nothing\.ts\.\nsightline ingest --help/],
    ["one without a default export", () => [file("empty.ts", "export {};")], 2, /has no default export\.\n/],
    ["a syntax error", () => [file("broken.ts", "export default {")], 2, /can't be loaded: .+\nMend it/],
    ["an empty object", () => [file("none.ts", "export default {};")], 1, /no source\.\nPass from: kafka/],
    ["a wrong interval", () => ["x.ts", "--every", "often"], 2, /--every was given often\.\n/],
  ])("says what is wrong with %s", async (_, args, code, message) => {
    mkdirSync(servers.folder, { recursive: true });
    const result = await sightline("ingest", ...args());
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(code);
  });

  test("a broker that isn't there is one message, and no stack", async () => {
    const url = join(servers.folder, "none");
    const config = { brokers: ["127.0.0.1:1"], parse: { x: "feeds.json()" }, url };
    const result = await sightline("ingest", writeIngestConfig(servers.folder, config));
    expect(result.stderr.trim().split("\n")).toEqual([
      expect.stringMatching(/^No Kafka broker answers at 127\.0\.0\.1:1: .*ECONNREFUSED/),
      expect.stringMatching(/npx --no-install sightline dev up kafka$/),
    ]);
    expect(result.code).toBe(1);
  });
});
