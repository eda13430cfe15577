import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { textSplits } from "./text-splits.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-splits-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
writeFileSync(at("110.txt"), "x".repeat(110));
writeFileSync(at("empty.txt"), "");
writeFileSync(at("a,b.txt"), "12");
mkdirSync(at("dir/sub"), { recursive: true });
mkdirSync(at("flat"));
for (const name of ["b.log", "a.log", "_SUCCESS", ".hidden", "c.gz"])
  writeFileSync(at(`flat/${name}`), "0123456789");

const ranges = (path: string, n: number) => textSplits(path, n).map(({ start, end }) => [start, end]);

describe("splits are those of Hadoop", () => {
  test("the last range may be a tenth larger", () => {
    expect(ranges(at("110.txt"), 3)).toEqual([
      [0, 36],
      [36, 72],
      [72, 110],
    ]);
    expect(ranges(at("110.txt"), 1)).toEqual([[0, 110]]);
  });

  test("an empty file has none", () => {
    expect(textSplits(at("empty.txt"), 2)).toEqual([]);
  });

  test("a folder is read in the order of its names, without marks and hidden files; gzip stays whole", () => {
    expect(textSplits(at("flat"), 4).map(({ path, isGzip }) => [path, isGzip])).toEqual([
      [at("flat/a.log"), false],
      [at("flat/a.log"), false],
      [at("flat/b.log"), false],
      [at("flat/b.log"), false],
      [at("flat/c.gz"), true],
    ]);
  });

  test("patterns, lists, names with commas and file: URLs are found", () => {
    const names = (path: string) => textSplits(path, 1).map((split) => split.path);
    expect(names(at("flat/*.log"))).toEqual([at("flat/a.log"), at("flat/b.log")]);
    expect(names(`${at("flat/b.log")},${at("flat/a.log")}`)).toEqual([at("flat/b.log"), at("flat/a.log")]);
    expect(names(at("a,b.txt"))).toEqual([at("a,b.txt")]);
    expect(names(`file:${at("flat/a.log")}`)).toEqual([at("flat/a.log")]);
  });
});

test.each([
  ["nowhere.txt", /there is no file .*nowhere\.txt\.\nCheck the path/],
  ["nothing/*.log", /there is no file .*\nCheck the path/],
  ["s3://bucket/x", /not s3:\/\/\.\nRead it as a DataFrame: spark\.read\.text/],
])("%s is refused with what to do", (path, message) => {
  expect(() => textSplits(path, 2)).toThrow(message);
});

test("what is no file is refused with what to do", (context) => {
  if (!existsSync("/dev/null")) context.skip("run it on Linux or macOS");
  expect(() => textSplits("/dev/null", 2)).toThrow(
    'textFile("/dev/null"): /dev/null is neither a file nor a folder, but a device, pipe or socket.\nCopy what',
  );
});

test("a path through a file, and a link to nothing, are named", () => {
  expect(() => textSplits(at("110.txt/x"), 2)).toThrow(/110\.txt\/x.*\nCheck/);
  mkdirSync(at("links"));
  symlinkSync(at("gone"), at("links/broken"));
  expect(() => textSplits(at("links"), 2)).toThrow(
    /can't read .*broken \(ENOENT\)\.\nCheck that it is there/,
  );
});

test("a folder inside a folder is refused with what to do", () => {
  expect(() => textSplits(at("dir"), 2)).toThrow(/found the folder .*sub inside it.*\nName the files/);
});
