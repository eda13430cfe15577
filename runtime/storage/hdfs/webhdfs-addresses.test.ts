import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseHdfsUrl } from "./hdfs-url.ts";
import { hdfsUser } from "./hdfs-user.ts";
import { webhdfsAddresses } from "./webhdfs-addresses.ts";

let conf: string;
beforeEach(() => {
  conf = mkdtempSync(join(tmpdir(), "sightline-conf-"));
  vi.stubEnv("HADOOP_CONF_DIR", conf);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(conf, { recursive: true });
});

function site(properties: Record<string, string>): void {
  const xml = Object.entries(properties).map(
    ([name, value]) => `<property><name> ${name} </name>\n<value>${value}</value></property>`,
  );
  writeFileSync(
    join(conf, "hdfs-site.xml"),
    `<?xml version="1.0"?><!-- x --><configuration>${xml.join("")}</configuration>`,
  );
}

async function addressesOf(url: string, given?: string | string[]): Promise<string[]> {
  return (await webhdfsAddresses(parseHdfsUrl(url), given)).map(String);
}

test("takes what was given, with or without http://", async () => {
  site({ "dfs.namenode.http-address": "other:1" });
  expect(await addressesOf("hdfs://h:9000/a", "nn:9871")).toEqual(["http://nn:9871/"]);
  expect(await addressesOf("hdfs://h:9000/a", ["http://a:1/x", "http://b:2"])).toEqual([
    "http://a:1/",
    "http://b:2/",
  ]);
});

test("else what hdfs-site.xml says", async () => {
  site({ "dfs.namenode.http-address": "nn.example:50070" });
  expect(await addressesOf("hdfs://h:9000/a")).toEqual(["http://nn.example:50070/"]);
  site({ "dfs.namenode.http-address": "0.0.0.0:9875" });
  expect(await addressesOf("hdfs://h:9000/a")).toEqual(["http://h:9875/"]);
});

test("knows both NameNodes of a service", async () => {
  site({
    "dfs.nameservices": "prod",
    "dfs.ha.namenodes.prod": "nn1, nn2",
    "dfs.namenode.http-address.prod.nn1": "a:9870",
    "dfs.namenode.http-address.prod.nn2": "b:9870",
  });
  expect(await addressesOf("hdfs://prod/lake")).toEqual(["http://a:9870/", "http://b:9870/"]);
});

test("else port 9870 of the host", async () => {
  expect(await addressesOf("hdfs://h:9000/a")).toEqual(["http://h:9870/"]);
  expect(await addressesOf("hdfs://[::1]:9000/a")).toEqual(["http://[::1]:9870/"]);
  vi.stubEnv("HADOOP_CONF_DIR", "");
  expect(await addressesOf("hdfs://h:9000/a")).toEqual(["http://h:9870/"]);
});

test.each(["https://nn:9871", "ftp://nn", "nn:99999", "http://", "http://me@nn:1"])(
  "refuses the address %s",
  async (address) => {
    await expect(addressesOf("hdfs://h:9000/a", address)).rejects.toThrow(
      `${JSON.stringify(address)} isn't an address of WebHDFS over plain HTTP.\nGive the NameNode's web address: `,
    );
  },
);

test("names a configuration that can't be read", async () => {
  writeFileSync(join(conf, "hdfs-site.xml"), "<configuration><property>");
  await expect(addressesOf("hdfs://h:9000/a")).rejects.toThrow(
    /hdfs-site\.xml can't be read: .+\nMend it, unset HADOOP_CONF_DIR/,
  );
});

test("is the given user, else $HADOOP_USER_NAME, else the account", () => {
  vi.stubEnv("HADOOP_USER_NAME", "");
  const account = hdfsUser(undefined);
  expect(account).not.toBe("");
  vi.stubEnv("HADOOP_USER_NAME", "etl");
  expect(hdfsUser(undefined)).toBe("etl");
  expect(hdfsUser("bob")).toBe("bob");
});
