import { describe, expect, test } from "vitest";
import { feeds } from "./feeds/feeds.ts";
import { ingest, type IngestOptions } from "./ingest.ts";
import { kafka } from "./source/kafka.ts";
import { parquet } from "./table/parquet.ts";
import { processingTimeMs } from "./trigger.ts";

const source = { brokers: "127.0.0.1:9092", topics: ["siem"], groupId: "lake" };
const good: IngestOptions = { from: kafka(source), parse: { siem: feeds.json() }, to: parquet("/lake") };

describe("kafka()", () => {
  test("takes brokers and topics as arrays or as one string with commas", () => {
    const one = kafka({ ...source, brokers: "a:1, b:2", topics: "x,y,x" });
    expect(one).toMatchObject({ brokers: ["a:1", "b:2"], topics: ["x", "y"], startingOffsets: "earliest" });
    expect(kafka({ ...source, brokers: ["[::1]:9092"] }).brokers).toEqual(["[::1]:9092"]);
  });

  test.each([
    [{ brokers: "" }, /brokers ""/, /host:port/],
    [{ brokers: ["localhost"] }, /brokers "localhost"/, /host:port/],
    [{ brokers: "http://x:9092" }, /"http:\/\/x:9092"/, /host:port/],
    [{ topics: [] }, /no topics/, /topics: \["siem"\]/],
    [{ topics: ["a b"] }, /topic "a b"/, /letters, digits/],
    [{ topics: [".."] }, /topic "\.\."/, /letters, digits/],
    [{ groupId: "" }, /no groupId/, /groupId: "lake"/],
    [{ topcis: ["x"] }, /kafka\(\) has no option `topcis`/, /Did you mean `topics`\?/],
  ])("refuses %j", (wrong, what, remedy) => {
    expect(() => kafka({ ...source, ...wrong })).toThrow(what);
    expect(() => kafka({ ...source, ...wrong })).toThrow(remedy);
  });
});

describe("parquet()", () => {
  test("partitions by source and date unless told otherwise", () => {
    expect(parquet("lake")).toMatchObject({ partitionBy: ["source", "date"], maxColumns: 2000 });
  });

  test.each([
    ["", undefined, /"" as the place/, /parquet\("lake"\)/],
    ["lake", { partitionBy: ["a/b"] }, /partition by "a\/b"/, /partitionBy: \["source", "date"\]/],
    ["lake", { partitionBy: [""] }, /partition by ""/, /partitionBy/],
    ["lake", { maxColumns: 0 }, /maxColumns 0/, /above 0/],
    ["lake", { partionBy: [] }, /parquet\(\) has no option `partionBy`/, /Did you mean `partitionBy`\?/],
  ])("refuses %j, %j", (url, options, what, remedy) => {
    expect(() => parquet(url, options as object)).toThrow(what);
    expect(() => parquet(url, options as object)).toThrow(remedy);
  });
});

describe("ingest()", () => {
  test.each([
    [undefined, /no source/, /from: kafka/],
    [{ ...good, from: source }, /no source/, /from: kafka/],
    [{ ...good, to: "lake" }, /no target/, /to: parquet/],
    [{ ...good, parse: {} }, /how to parse the topic siem/, /"siem": feeds\.json\(\)/],
    [{ ...good, parse: { seim: feeds.json() } }, /how to parse the topic siem/, /parse has seim/],
    [{ ...good, parse: { siem: "json" } }, /topic siem with "json"/, /feeds\.json\(\), or a function/],
    [
      { ...good, parse: { ...good.parse, dns: feeds.json() } },
      /parse names dns/,
      /topics: \["siem", "dns"\]/,
    ],
    [{ ...good, trigger: { processingTime: "soon" } }, /"soon" is no length of time/, /10 seconds/],
  ])("refuses %j", (options, what, remedy) => {
    expect(() => ingest(options as IngestOptions)).toThrow(what);
    expect(() => ingest(options as IngestOptions)).toThrow(remedy);
  });
});

test.each([
  [undefined, 10_000],
  ["500 milliseconds", 500],
  ["1 second", 1000],
  ["1.5 minutes", 90_000],
  ["INTERVAL 2 hours", 7_200_000],
])("a trigger of %j is %d ms", (processingTime, ms) => {
  expect(processingTimeMs({ processingTime })).toBe(ms);
});
