import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { findFiles } from "./find-files.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-find-"));
afterAll(() => rmSync(folder, { recursive: true }));

const files = [
  "t/x1/a.log",
  "t/x2/a.log",
  "t/.x3/a.log",
  "t/_x4/a.log",
  "t/y/b.log",
  "t/y/_b.log",
  "odd/a b.txt",
  "odd/p%20q.txt",
  "odd/ä日🦊.txt",
  "odd/br[1].txt",
  "odd/com,ma.txt",
  "odd/plus+.txt",
  "odd/{q}.txt",
  "odd/back\\slash.txt",
  "z/E.GZ",
  "z/f.zst",
  "z/g.deflate",
];
for (const name of files) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), name);
}

async function find(path: string, folders: "refuse" | "skip" = "refuse"): Promise<string[]> {
  const found = await findFiles(path, { method: "textFile", folders });
  return found.map(({ place }) => place.path.slice(folder.length + 1));
}

describe("a path names, as in Spark", () => {
  test.each([
    ["t/x1/a.log", ["t/x1/a.log"]],
    ["t/x1/", ["t/x1/a.log"]],
    ["t//y", ["t/y/b.log"]],
    ["t/y/../x1", ["t/x1/a.log"]],
    ["t/*/*.log", ["t/.x3/a.log", "t/_x4/a.log", "t/x1/a.log", "t/x2/a.log", "t/y/b.log"]],
    ["t/*/a.log", ["t/.x3/a.log", "t/_x4/a.log", "t/x1/a.log", "t/x2/a.log"]],
    ["t/*", ["t/x1/a.log", "t/x2/a.log", "t/y/b.log"]],
    ["t/x[1-1]/a.log", ["t/x1/a.log"]],
    ["t/x[^1]/a.log", ["t/x2/a.log"]],
    ["t/x?/a.log", ["t/x1/a.log", "t/x2/a.log"]],
    ["t/{x1,y}/*", ["t/x1/a.log", "t/y/b.log"]],
    ["t/{x{1,2},y}/*", ["t/x1/a.log", "t/x2/a.log", "t/y/b.log"]],
    ["t/{x1/a.log,y/b.log}", ["t/x1/a.log", "t/y/b.log"]],
    ["t/.x3/a.log", ["t/.x3/a.log"]],
    ["odd/a b.txt", ["odd/a b.txt"]],
    ["odd/p%20q.txt", ["odd/p%20q.txt"]],
    ["odd/ä日🦊.txt", ["odd/ä日🦊.txt"]],
    ["odd/br\\[1\\].txt", ["odd/br[1].txt"]],
    ["odd/com?ma.txt", ["odd/com,ma.txt"]],
    ["odd/plus+.txt", ["odd/plus+.txt"]],
    ["odd/\\{q\\}.txt", ["odd/{q}.txt"]],
  ])("%s", async (path, expected) => {
    expect(await find(join(folder, "/").slice(0, -1) + `/${path}`)).toEqual(expected);
    expect(await find(`file://${folder}/${path}`)).toEqual(expected);
    expect(await find(`file:${folder}/${path}`)).toEqual(expected);
  });

  test.each(["odd/br[1].txt", "odd/com,ma.txt", "odd/{q}.txt", "odd/back\\slash.txt"])(
    "%s, which Spark takes for a pattern or two files, by its name too",
    async (name) => {
      expect(await find(join(folder, name))).toEqual([name]);
    },
  );

  test("several with commas between, in their order, and those of a pattern with commas", async () => {
    expect(await find(`${folder}/t/y, ${folder}/t/x1`)).toEqual(["t/y/b.log", "t/x1/a.log"]);
    expect(await find(`${folder}/t/{y,x1},${folder}/t/x2/a.log`)).toEqual([
      "t/x1/a.log",
      "t/y/b.log",
      "t/x2/a.log",
    ]);
  });

  test("a relative path starts at the working folder", async () => {
    const [{ place }] = await findFiles("package.json", { method: "textFile", folders: "refuse" });
    expect(place.url).toBe(`file:${process.cwd()}/package.json`);
  });
});

test("what a file is packed with is told by its name", async () => {
  const found = await findFiles(join(folder, "z"), { method: "textFile", folders: "refuse" });
  expect(found.map(({ place }) => place.codec)).toEqual(["gzip", "zstd", "deflate"]);
});

test("an address with escapes, as JavaScript writes it, names the file too", async () => {
  expect(await find(pathToFileURL(join(folder, "odd/a b.txt")).href)).toEqual(["odd/a b.txt"]);
  expect(await find(pathToFileURL(join(folder, "odd/p%20q.txt")).href)).toEqual(["odd/p%20q.txt"]);
});

test("folders in a folder are refused or passed over", async () => {
  await expect(find(`${folder}/t`)).rejects.toThrow(
    `textFile("${folder}/t") found the folder ${folder}/t/x1 inside it, and reads only files.\n` +
      `Name the files: sc.textFile("${folder}/t/*/*")`,
  );
  expect(await find(`${folder}/t`, "skip")).toEqual([]);
});

test.each([
  ["none", "there is no file"],
  ["none*", "there is no file"],
  ["t/y/_*", "there is no file"],
  ["t/x1/a.log/b", "there is no file"],
])("%s names nothing", async (path, message) => {
  await expect(find(`${folder}/${path}`)).rejects.toThrow(
    `textFile("${folder}/${path}"): ${message} ${folder}/${path}.\nCheck the path; a relative one starts at`,
  );
});

test("what can't be read says what to do", async () => {
  await expect(find(`${folder}/t/x1,,${folder}/odd`)).rejects.toThrow(
    "textFile() was given a list of paths with an empty one.\nSeparate paths by one comma",
  );
  await expect(find("s3a://bucket/a.log")).rejects.toThrow(
    'textFile("s3a://bucket/a.log") reaches files of this machine and of HDFS, not s3a://.\n' +
      'Read it as a DataFrame: spark.read.text("s3a://bucket/a.log")',
  );
  execFileSync("mkfifo", [join(folder, "pipe")]);
  await expect(find(`${folder}/pipe`)).rejects.toThrow(
    `textFile("${folder}/pipe"): ${folder}/pipe is neither a file nor a folder, but a device, pipe or socket.\n` +
      "Copy what comes out of it to a file first",
  );
  await expect(find(`${folder}/a\0b`)).rejects.toThrow(
    `textFile() was given the path ${JSON.stringify(`${folder}/a\0b`)}.\nA name holds no zero character.`,
  );
  mkdirSync(join(folder, "links"));
  symlinkSync(join(folder, "gone"), join(folder, "links/broken"));
  await expect(find(`${folder}/links`)).rejects.toThrow(
    `textFile("${folder}/links") can't read ${folder}/links/broken (ENOENT).\nCheck that it is there`,
  );
});

test("an HDFS that isn't there is named", async () => {
  await expect(find("hdfs:///logs")).rejects.toThrow("isn't the url of a folder on HDFS");
});
