import { expect, test } from "vitest";
import { expandBraces, type Entry, matchPattern } from "./path-pattern.ts";

const files = [
  "lake/host=a/1.json",
  "lake/host=b/1.json",
  "lake/host=b/2.csv",
  "lake/_SUCCESS",
  "lake/.crc",
  "lake/_n=1/x",
  "other/a+b (1)/ä😀.json",
];

function list(folder: readonly string[]): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  for (const file of files) {
    const names = file.split("/");
    if (folder.some((name, place) => names[place] !== name)) continue;
    const name = names[folder.length];
    if (name === undefined) continue;
    entries.set(name, { name, isDirectory: names.length > folder.length + 1 });
  }
  return Promise.resolve([...entries.values()]);
}

const match = async (pattern: string) =>
  (await matchPattern(pattern.split("/"), list)).map(({ path }) => path.join("/"));

test.each([
  ["lake/host=*", ["lake/host=a", "lake/host=b"]],
  ["lake/*", ["lake/_n=1", "lake/host=a", "lake/host=b"]],
  ["lake/host=[ab]/*.json", ["lake/host=a/1.json", "lake/host=b/1.json"]],
  ["lake/host=[!a]/*", ["lake/host=b/1.json", "lake/host=b/2.csv"]],
  ["lake/host=[^b]", ["lake/host=a"]],
  ["lake/host=[b-z]/?.json", ["lake/host=b/1.json"]],
  ["*/host=b", ["lake/host=b"]],
  ["*/nothing", []],
  ["lake/host=a/1.json/*", []],
  ["lake/_S*", []],
  ["o*/a+b (1)/*", ["other/a+b (1)/ä😀.json"]],
  ["o*/a\\+b (1)/??.json", ["other/a+b (1)/ä😀.json"]],
  ["lake/host=\\*", []],
])("%s", async (pattern, expected) => {
  expect(await match(pattern)).toEqual(expected);
});

test("braces may hold slashes and further braces", () => {
  expect(expandBraces("a/{b/c,d{1,2}}/*.{csv,json}")).toEqual([
    "a/b/c/*.csv",
    "a/b/c/*.json",
    "a/d1/*.csv",
    "a/d1/*.json",
    "a/d2/*.csv",
    "a/d2/*.json",
  ]);
});
