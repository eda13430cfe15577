import { expect, test } from "vitest";
import { hdfsSegments, parseHdfsUrl } from "./hdfs-url.ts";

test.each([
  ["hdfs://127.0.0.1:9000/lake", "127.0.0.1", 9000, ["lake"]],
  ["hdfs://namenode", "namenode", undefined, []],
  ["HDFS://my-cluster//a///b/", "my-cluster", undefined, ["a", "b"]],
  ["hdfs://[::1]:9000/a", "[::1]", 9000, ["a"]],
  // As Hadoop's Path: neither escapes nor a query.
  ["hdfs://h:1/a b/%20/x?y#z/é=1", "h", 1, ["a b", "%20", "x?y#z", "é=1"]],
])("reads %s", (url, host, port, segments) => {
  expect(parseHdfsUrl(url)).toEqual({ url, host, port, segments });
});

test.each([
  "hdfs:///lake",
  "hdfs:/lake",
  "hdfs://user@h:1/a",
  "hdfs://h:99999/a",
  "hdfs://h:x/",
  "hdfs://h y/",
])("refuses %s", (url) => {
  expect(() => parseHdfsUrl(url)).toThrow(
    `${JSON.stringify(url)} isn't the url of a folder on HDFS.\nName the NameNode, its port and the folder:`,
  );
});

test("refuses to leave the folder", () => {
  expect(() => parseHdfsUrl("hdfs://h:1/a/../b")).toThrow(
    '"a/../b" isn\'t a path inside a storage.\nGive names',
  );
});

test("refuses a colon, with Spark's way to write it", () => {
  expect(() => hdfsSegments("time=12:30/x")).toThrow(
    'HDFS takes no colon in a name: "time=12:30".\nWrite it as Spark does: "time=12%3A30".',
  );
});
