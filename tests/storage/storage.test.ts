import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStorage } from "../../runtime/storage/open-storage.ts";
import type { Storage } from "../../runtime/storage/storage.ts";
import { clusterFor } from "./cluster.ts";

const text = (value: string) => Buffer.from(value);
const strange = [
  "source=siem",
  "a b",
  "100%",
  "%20",
  "%2F",
  "what?",
  "#1",
  "a&b=c+d",
  "d;e",
  "ä-日本-🦊",
  "'\"`$(x)",
  "back\\slash",
  "[*]{,}",
  "_staging",
];

describe.each(["local", "hdfs"])("a storage: %s", (kind) => {
  // Pages of ten, so that a folder of a few files has several.
  const cluster = kind === "hdfs" ? clusterFor({ dataNodes: 1, config: { "dfs.ls.limit": 10 } }) : undefined;
  let folder: string;
  let lake: Storage;
  /** The same folder, as another writer has it. */
  let other: Storage;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sightline-storage-"));
    if (cluster && !cluster.hdfs) return;
    const url = cluster ? `${cluster.hdfs.url}/a lake/100%` : join(folder, "a lake/100%");
    const options = { webhdfs: cluster?.hdfs.webhdfs };
    lake = await openStorage(url, options);
    other = await openStorage(cluster ? `${url}/` : `file://${encodeURI(url)}`, options);
    expect(lake.url).toBe(url);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("has nothing in it at first", async () => {
    expect(await lake.list("")).toEqual([]);
    expect(await lake.exists("")).toBe(false);
    await lake.remove("");
  });

  test("gives back what was written, with its parents made and what was there replaced", async () => {
    const before = Date.now();
    await lake.write("w/x/y/file", text("first, and longer"));
    await lake.write("w/x/y/file", text("second"));
    expect((await lake.read("w/x/y/file")).toString()).toBe("second");
    const [entry, ...more] = await lake.list("w/x/y");
    expect(entry).toEqual({ name: "file", size: 6, isDirectory: false, modifiedMs: expect.any(Number) });
    expect(Math.abs(entry.modifiedMs - before)).toBeLessThan(600_000);
    expect(more).toEqual([]);
    expect(await lake.list("w")).toMatchObject([{ name: "x", size: 0, isDirectory: true }]);
  });

  test("keeps every byte of empty and of big files", async () => {
    const big = Buffer.allocUnsafe(20_000_003);
    for (let i = 0; i < big.length; i++) big[i] = Math.imul(i, 2_654_435_761) >>> 13;
    await lake.write("bytes/big", big.subarray(1));
    await lake.write("bytes/empty", new Uint8Array());
    expect((await lake.read("bytes/big")).equals(big.subarray(1))).toBe(true);
    expect(await lake.read("bytes/empty")).toHaveLength(0);
  });

  test("publishes once: the second gets false, and the first one's bytes stay", async () => {
    expect(await lake.publish("p/1.json", text("ours"))).toBe(true);
    expect(await other.publish("p/1.json", text("theirs"))).toBe(false);
    expect(await lake.publish("p/1.json", text("ours"))).toBe(false);
    expect((await other.read("p/1.json")).toString()).toBe("ours");
    expect((await lake.list("p")).map(({ name }) => name)).toEqual(["1.json"]);
  });

  test("lets one of many publishers win, and shows its bytes", async () => {
    const values = Array.from({ length: 12 }, (_, i) => `writer ${i}`);
    const won = await Promise.all(
      values.map((value, i) => (i % 2 ? lake : other).publish("race/x", text(value))),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await lake.read("race/x")).toString()).toBe(values[won.indexOf(true)]);
    expect(await lake.list("race")).toHaveLength(1);
  });

  test("moves a file, making parents, and says what a second try finds", async () => {
    await lake.write("_staging/m", text("moved"));
    expect(await lake.rename("_staging/m", "table/date=1/m")).toBe(true);
    expect(await lake.exists("_staging/m")).toBe(false);
    expect(await lake.rename("_staging/m", "table/date=1/m")).toBe(false);
    expect((await lake.read("table/date=1/m")).toString()).toBe("moved");
    await expect(lake.rename("_staging/m", "table/date=1/n")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringMatching(/^There is neither .*_staging\/m nor .*date=1\/n\.\nCheck the paths\.$/),
    });
  });

  test("never replaces by moving: file, folder or itself", async () => {
    await lake.write("r/a", text("a"));
    await lake.write("r/b", text("b"));
    await lake.write("r/folder/c", text("c"));
    expect(await lake.rename("r/a", "r/b")).toBe(false);
    expect(await lake.rename("r/a", "r/folder")).toBe(false);
    expect(await lake.rename("r/a", "r/a")).toBe(false);
    expect(await lake.publish("r/folder", text("x"))).toBe(false);
    expect((await lake.read("r/a")).toString()).toBe("a");
    expect((await lake.read("r/b")).toString()).toBe("b");
    expect((await lake.list("r")).map(({ name }) => name)).toEqual(["a", "b", "folder"]);
    expect((await lake.list("r/folder")).map(({ name }) => name)).toEqual(["c"]);
    await expect(lake.rename("r/folder", "r/moved")).rejects.toMatchObject({
      code: "OTHER",
      message: expect.stringMatching(/folder is a folder; only files are moved\.\nMove the files in it\.$/),
    });
  });

  test("lists many files, sorted by name", async () => {
    const names = Array.from({ length: 45 }, (_, i) => `part-${i}`);
    await Promise.all(names.map((name) => lake.write(`many/${name}`, text(name))));
    const found = await lake.list("many");
    expect(found.map(({ name }) => name)).toEqual(names.sort());
    expect(found.map(({ size }) => size)).toEqual(names.map((name) => name.length));
  });

  test.each(strange)("takes the name %j", async (name) => {
    await lake.write(`strange/${name}/${name}`, text(name));
    expect((await lake.list(`strange/${name}`)).map((entry) => entry.name)).toEqual([name]);
    expect((await lake.read(`strange/${name}/${name}`)).toString()).toBe(name);
    expect(await lake.publish(`strange/${name}/${name}`, text(""))).toBe(false);
    expect(await lake.rename(`strange/${name}/${name}`, `moved/${name}/${name}`)).toBe(true);
    expect((await lake.read(`moved/${name}/${name}`)).toString()).toBe(name);
    expect((await lake.list("moved")).map((entry) => entry.name)).toEqual([name]);
    await lake.remove("moved");
    expect(await lake.exists(`moved/${name}`)).toBe(false);
  });

  test("removes a file, a whole folder, and what isn't there", async () => {
    await lake.write("gone/a/b/c", text("c"));
    await lake.write("gone/d", text("d"));
    await lake.remove("gone/d");
    expect((await lake.list("gone")).map(({ name }) => name)).toEqual(["a"]);
    await lake.remove("gone");
    expect(await lake.exists("gone")).toBe(false);
    await lake.remove("gone");
    await lake.remove("gone/a/b");
  });

  test("says which file is missing", async () => {
    await expect(lake.read("no/such file")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringMatching(/^There is no .*\/a lake\/100%\/no\/such file.*\nCheck the path\.$/),
    });
    expect(await lake.list("no")).toEqual([]);
    expect(await lake.exists("no/such file")).toBe(false);
  });

  test("says where a file is in the way of a folder, and a folder of a file", async () => {
    await lake.write("f/file", text("x"));
    const inTheWay = { code: "OTHER", message: expect.stringMatching(/is a file where a folder is needed/) };
    await expect(lake.write("f/file/x", text(""))).rejects.toMatchObject(inTheWay);
    await expect(lake.publish("f/file/x/y", text(""))).rejects.toMatchObject(inTheWay);
    await expect(lake.list("f/file")).rejects.toMatchObject(inTheWay);
    expect(await lake.exists("f/file/x")).toBe(false);
    const isFolder = {
      code: "OTHER",
      message: expect.stringMatching(/f is a folder where a file is needed.*\nChoose another path\.$/),
    };
    await expect(lake.write("f", text(""))).rejects.toMatchObject(isFolder);
    await expect(lake.read("f")).rejects.toMatchObject(isFolder);
    expect((await lake.read("f/file")).toString()).toBe("x");
    expect(await lake.list("f")).toHaveLength(1);
  });

  test("says that a name is too long, and goes on", async () => {
    await expect(lake.write("n".repeat(256), text(""))).rejects.toMatchObject({
      code: "OTHER",
      message: expect.stringMatching(/is too long for .*\nShorten it;/),
    });
    await lake.write("n".repeat(255), text("long"));
    expect((await lake.read("n".repeat(255))).toString()).toBe("long");
  });

  test.each(["..", "a/../../b", "/etc/passwd", "a//b", "a/", ".", "a\0b"])(
    "refuses the path %j",
    async (path) => {
      const refused = {
        code: "OTHER",
        message: expect.stringMatching(/^".*" isn't a path inside a storage\.\nGive/),
      };
      await expect(lake.write(path, text(""))).rejects.toMatchObject(refused);
      await expect(lake.read(path)).rejects.toMatchObject(refused);
      await expect(lake.remove(path)).rejects.toMatchObject(refused);
      await expect(lake.list(path)).rejects.toMatchObject(refused);
      await expect(lake.rename("a", path)).rejects.toMatchObject(refused);
    },
  );

  test("wants a name for a file", async () => {
    await expect(lake.write("", text(""))).rejects.toThrow("A file needs a name.\nGive a path");
  });

  test("doesn't show what is being written", async () => {
    const writes = Array.from({ length: 20 }, (_, i) => lake.write(`hidden/${i}`, Buffer.alloc(200_000, i)));
    let done = false;
    const all = Promise.all(writes).then(() => (done = true));
    while (!done) {
      for (const { name, size } of await lake.list("hidden")) expect([name, size]).toEqual([name, 200_000]);
    }
    await all;
    expect(await lake.list("hidden")).toHaveLength(20);
  });
});
