import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { pipe } from "./pipe.ts";
import { splitCommand } from "./split-command.ts";

function through(records: Iterable<unknown>, command: string, rest: object = {}): string[] {
  return [...pipe(records, { partition: 0, functions: [], args: { command, ...rest } })];
}

describe("pipe", () => {
  test("gives the lines that the program writes", () => {
    expect(through(["b", "a", "", "é😀"], "sort")).toEqual(["", "a", "b", "é😀"]);
    expect(through([], "cat")).toEqual([]);
    expect(through(["1", "2", "", "3"], "cat")).toEqual(["1", "2", "", "3"]);
  });

  test("writes a record a line, without the line feeds at its end", () => {
    expect(through(["a\n\n", "b\nc", 1, [1, "x"], { a: 1 }, null], "cat")).toEqual([
      "a",
      "b",
      "c",
      "1",
      '[1,"x"]',
      '{"a":1}',
      "null",
    ]);
  });

  test("passes more than memory's chunks, and output that doesn't end in a line feed", () => {
    const records = Array.from({ length: 100_000 }, (_, i) => `line ${i} é`);
    expect(through(records, "cat")).toEqual(records);
    expect(through([], "printf 'a\\nb'")).toEqual(["a", "b"]);
    expect(through(["x".repeat(1_000_000)], "cat")[0]).toHaveLength(1_000_000);
  });

  test("a program that reads only some of its input is no failure", () => {
    const records = Array.from({ length: 100_000 }, (_, i) => i);
    expect(through(records, "head -n 2", { checkCode: true })).toEqual(["0", "1"]);
  });

  test("gives the program the environment that it was given, and no other", () => {
    expect(through([], "/usr/bin/env")).toEqual([]);
    expect(through([], "/usr/bin/env", { env: { A: "1 2" } })).toEqual(["A=1 2"]);
  });

  test("a program that fails fails only where that is asked for, after its lines", () => {
    expect(through(["a"], "sh -c 'cat; exit 3'")).toEqual(["a"]);
    const lines = pipe(["a"], {
      partition: 0,
      functions: [],
      args: { command: "sh -c 'cat; exit 3'", checkCode: true },
    });
    expect(lines.next().value).toBe("a");
    expect(() => lines.next()).toThrow(
      `pipe's command "sh -c 'cat; exit 3'" ended with code 3.\nLook at what it wrote`,
    );
    expect(() => through([], "sh -c 'kill -9 $$'", { checkCode: true })).toThrow("ended with SIGKILL.");
  });

  test("a program that isn't there says what to do", () => {
    expect(() => through([], "no-such-program -x")).toThrow(
      `pipe can't run "no-such-program" on an executor: isn't there.\nName a program that every executor has`,
    );
  });

  test("output that isn't UTF-8 is refused", () => {
    expect(() => through([], "printf '\\377'")).toThrow(/encod/i);
  });

  test("leaves no files behind, whatever happens", () => {
    const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith("sightline-pipe-"));
    const before = own();
    through(["a"], "cat");
    expect(() => through(["a"], "no-such-program")).toThrow();
    expect(() =>
      through(
        (function* () {
          yield 1;
          throw new Error("stop");
        })(),
        "cat",
      ),
    ).toThrow("stop");
    expect(own()).toEqual(before);
  });
});

describe("a command", () => {
  test.each<[string, string[]]>([
    ["sort -u", ["sort", "-u"]],
    ["  a\t b\n", ["a", "b"]],
    [`a 'b c' "d e"`, ["a", "b c", "d e"]],
    [`a'b'"c"d`, ["abcd"]],
    [`''`, [""]],
    [`a\\ b`, ["a b"]],
    [`"a\\"b\\\\c\\d"`, [`a"b\\c\\d`]],
    [`'a\\'`, ["a\\"]],
    ["a # b", ["a", "#", "b"]],
    ["a;b $HOME *", ["a;b", "$HOME", "*"]],
  ])("%s is the words %j", (command, words) => expect(splitCommand(command)).toEqual(words));

  test.each([
    ["", "has no words"],
    ["  ", "has no words"],
    ["a 'b", "has a ' without its like"],
    ['a "b', 'has a " without its like'],
    ["a\\", "ends in a backslash"],
  ])("%s is refused", (command, what) => {
    expect(() => splitCommand(command)).toThrow(
      `pipe's command ${JSON.stringify(command)} ${what}.\nGive a program`,
    );
  });
});
