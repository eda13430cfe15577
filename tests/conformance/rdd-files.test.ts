// Files read and written by RDDs. What is expected is what PySpark 4.2 gave for the same files.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync, inflateSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { engines, sessionFor } from "../support/engines.ts";

describe.each(engines)("files of RDDs on %s", (engine) => {
  const context = sessionFor(engine);
  const sc = () => context.spark.sparkContext;
  const at = (name: string) => join(context.folder, name);
  const file = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  const numbered = (count: number, word: string) =>
    Array.from({ length: count }, (_, i) => `${word} ${i}\n`).join("");
  /** How many lines each partition has, and the first of them. */
  const shape = async (path: string, minPartitions?: number) => {
    const parts = await sc().textFile(at(path), minPartitions).glom().collect();
    return parts.map((lines) => (lines.length > 0 ? [lines.length, lines[0]] : undefined));
  };

  describe("textFile", () => {
    beforeAll(() => {
      file("lines/l.txt", numbered(1000, "line"));
      file("lines/m.txt", numbered(100, "m"));
      file("lines/empty.txt", "");
      for (const name of ["t/x1/a.log", "t/x2/a.log", "t/.x3/a.log", "t/y/b.log", "t/y/_b.log"])
        file(name, numbered(10, name));
    });

    test("partitions have the lines that they have in Spark", async () => {
      expect(await shape("lines/l.txt", 1)).toEqual([[1000, "line 0"]]);
      expect(await shape("lines/l.txt", 3)).toEqual([
        [342, "line 0"],
        [329, "line 342"],
        [329, "line 671"],
      ]);
      const seven = await shape("lines", 7);
      expect(seven).toEqual([
        [162, "line 0"],
        [149, "line 162"],
        [148, "line 311"],
        [149, "line 459"],
        [149, "line 608"],
        [149, "line 757"],
        [94, "line 906"],
        [100, "m 0"],
      ]);
      expect(await sc().textFile(at("lines"), 0).getNumPartitions()).toBe(3);
      expect(await sc().textFile(at("lines/empty.txt")).getNumPartitions()).toBe(0);
      expect(await sc().textFile(at("lines/empty.txt")).count()).toBe(0);
    });

    test.each([
      ["t/*/*.log", ["t/.x3/a.log", "t/x1/a.log", "t/x2/a.log", "t/y/b.log"]],
      ["t/x[1-1]/a.log", ["t/x1/a.log"]],
      ["t/x[^1]/*", ["t/x2/a.log"]],
      ["t/{x1,y}/*", ["t/x1/a.log", "t/y/b.log"]],
      ["t/x?", ["t/x1/a.log", "t/x2/a.log"]],
    ])("the pattern %s", async (pattern, files) => {
      const lines = await sc().textFile(at(pattern), 1).collect();
      expect(lines).toEqual(files.flatMap((name) => numbered(10, name).trimEnd().split("\n")));
    });

    test("several paths with commas between", async () => {
      const both = `${at("t/y")},${at("t/x1")}`;
      const firsts = await sc()
        .textFile(both, 1)
        .filter((line) => line.endsWith(" 0"))
        .collect();
      expect(firsts).toEqual(["t/y/b.log 0", "t/x1/a.log 0"]);
    });

    test("names with blanks, escapes, brackets, commas and letters of all kinds", async () => {
      for (const name of [
        "a b",
        "p%20q",
        "ä日🦊",
        "br[1]",
        "com,ma",
        "plus+",
        "{q}",
        "quo'te\"",
        "back\\slash",
      ]) {
        const path = file(`odd/${name}.txt`, `${name}\n`);
        expect(await sc().textFile(path).collect()).toEqual([name]);
        expect(await sc().textFile(`file://${path}`).collect()).toEqual([name]);
      }
    });

    test("line ends of all kinds, a byte order mark, and bytes that aren't UTF-8", async () => {
      const lines = (content: Uint8Array | string) => sc().textFile(file("enc.txt", content), 1).collect();
      expect(await lines("a\r\nb\rc\n\r\nd")).toEqual(["a", "b", "c", "", "d"]);
      expect(await lines("\ufeffone\ntwo\n")).toEqual(["one", "two"]);
      expect(await lines("a\0b\n\n")).toEqual(["a\0b", ""]);
      const bad = [
        0x61, 0xff, 0xc3, 10, 0x62, 0xe2, 0x82, 10, 0xed, 0xa0, 0x80, 0x78, 10, 0xf0, 0x9f, 0x98, 10,
      ];
      expect(await lines(Buffer.from(bad))).toEqual(["a��", "b�", "�x", "�"]);
      // Every place where a range may be cut.
      const text = "ab\r\ncd\r\n\r\nef\rgh\n";
      const path = file("crlf.txt", text);
      for (let parts = 1; parts <= text.length; parts++)
        expect(await sc().textFile(path, parts).collect()).toEqual(["ab", "cd", "", "ef", "gh"]);
    });

    test("packed files, their members one after the other", async () => {
      const members = (pack: (text: string) => Uint8Array) => Buffer.concat([pack("g1\ng2\n"), pack("g3\n")]);
      for (const [end, pack] of [
        ["gz", gzipSync],
        ["GZ", gzipSync],
        ["zst", zstdCompressSync],
      ] as const) {
        const path = file(`packed/log.${end}`, members(pack));
        expect(await sc().textFile(path, 4).glom().collect()).toEqual([["g1", "g2", "g3"]]);
      }
    });

    test("what isn't what its name says, or was cut, is named", async () => {
      const plain = file("bad/plain.gz", "plain text\n");
      await expect(sc().textFile(plain).count()).rejects.toThrow(
        `The file ${plain} can't be read as gzip: incorrect header check.\nCheck the file`,
      );
      const packed = gzipSync(Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i) % 251)));
      const cut = file("bad/cut.gz", packed.subarray(0, packed.length / 2));
      await expect(sc().textFile(cut).count()).rejects.toThrow(
        `The file ${cut} can't be read as gzip: unexpected end of file.`,
      );
    });

    test("a file that is gone when an action runs, and one that may not be read", async (test) => {
      const path = file("gone.txt", "here\n");
      const lines = sc().textFile(path);
      expect(await lines.collect()).toEqual(["here"]);
      rmSync(path);
      await expect(lines.collect()).rejects.toThrow(`textFile("${path}"): there is no file ${path}.`);
      if (process.getuid?.() === 0) return test.skip("run the tests as another user than root");
      const closed = file("closed.txt", "x\n");
      const { chmodSync } = await import("node:fs");
      chmodSync(closed, 0);
      await expect(sc().textFile(closed).collect()).rejects.toThrow(`${closed} can't be read: EACCES.`);
    });
  });

  describe("wholeTextFiles and binaryFiles", () => {
    beforeAll(() => {
      const sizes = { a: 1, b: 30, c: 10, d: 40, e: 0, f: 7, g: 0, h: 5 };
      for (const [name, size] of Object.entries(sizes)) file(`m/${name}`, "x".repeat(size));
      file("m/sub/in.txt", "in\n");
      file("m/_hidden", "h\n");
      file("m/.dot", "h\n");
    });
    const names = (parts: [string, unknown][][]) =>
      parts.map((part) => part.map(([name]) => name.slice(-1)).join(""));

    test("partitions are groups of files, as in Spark", async () => {
      const groups = async (n?: number) => names(await sc().wholeTextFiles(at("m"), n).glom().collect());
      expect(await groups(1)).toEqual(["abcdfh", "eg"]);
      expect(await groups()).toEqual(["abcd", "efgh"]);
      expect(await groups(3)).toEqual(["ab", "cd", "efgh"]);
      expect(await groups(10)).toEqual(["ab", "c", "d", "fh", "eg"]);
      expect(names(await sc().binaryFiles(at("m"), 10).glom().collect())).toEqual(["abcdefgh"]);
    });

    test("a file is a pair of its address and its text or bytes", async () => {
      const path = file("one/a b%20ä.txt", "\ufefftext\r\n");
      expect(await sc().wholeTextFiles(at("one")).collect()).toEqual([[`file:${path}`, "\ufefftext\r\n"]]);
      const packed = gzipSync("text");
      const other = file("two/x.gz", packed);
      expect(await sc().wholeTextFiles(at("two")).collect()).toEqual([[`file:${other}`, "text"]]);
      const [[name, bytes]] = await sc().binaryFiles(at("two")).collect();
      expect([name, Buffer.from(bytes).equals(packed)]).toEqual([`file:${other}`, true]);
      expect(await sc().textFile(name).collect()).toEqual(["text"]);
      mkdirSync(at("none"));
      expect(await sc().wholeTextFiles(at("none")).glom().collect()).toEqual([]);
    });
  });

  test("binaryRecords are of one length", async () => {
    const path = file(
      "r.bin",
      Uint8Array.from({ length: 20 }, (_, i) => i),
    );
    const sums = await sc()
      .binaryRecords(path, 5)
      .map((record) => record.reduce((a, b) => a + b))
      .collect();
    expect(sums).toEqual([10, 35, 60, 85]);
    await expect(sc().binaryRecords(path, 3).count()).rejects.toThrow(
      `The file ${path} can't be read: its last record has 2 of 3 bytes.`,
    );
  });

  describe("saveAsTextFile", () => {
    const parts = (name: string) =>
      readdirSync(at(name))
        .sort()
        .map((part) => [part, readFileSync(join(at(name), part), "utf8")]);

    test("writes a part of each partition, and says when all are there", async () => {
      const records = ["a", 1, "mul\nti", ["k", 1], "", { k: 1 }, null];
      await sc().parallelize(records, 3).saveAsTextFile(at("out/plain"));
      expect(parts("out/plain")).toEqual([
        ["_SUCCESS", ""],
        ["part-00000", "a\n1\n"],
        ["part-00001", 'mul\nti\n["k",1]\n'],
        ["part-00002", '\n{"k":1}\nnull\n'],
      ]);
      await sc().emptyRDD().saveAsTextFile(at("out/empty"));
      expect(parts("out/empty")).toEqual([["_SUCCESS", ""]]);
      await sc()
        .parallelize([1], 2)
        .saveAsTextFile(`file://${at("out/with empty")}`);
      expect(parts("out/with empty").map(([name]) => name)).toEqual(["_SUCCESS", "part-00000", "part-00001"]);
    });

    test("what it writes textFile reads, after a shuffle too", async () => {
      const words = sc()
        .parallelize(["b a", "c b", "ä🦊"], 3)
        .flatMap((line) => line.split(" "));
      const counts = words.map((word): [string, number] => [word, 1]).reduceByKey((a, b) => a + b, 4);
      await counts.saveAsTextFile(at("out/counts"));
      const read = await sc()
        .textFile(at("out/counts"))
        .map((line) => JSON.parse(line) as unknown)
        .collect();
      expect(read).toEqual(await counts.collect());
    });

    test.each([
      ["GzipCodec", "gz", gunzipSync],
      ["ZStandardCodec", "zst", zstdDecompressSync],
      ["DefaultCodec", "deflate", inflateSync],
    ] as const)("packs with %s", async (codec, end, unpack) => {
      const path = at(`out/${codec}`);
      await sc().parallelize(["a", "ä"], 1).saveAsTextFile(path, `org.apache.hadoop.io.compress.${codec}`);
      expect(readdirSync(path).sort()).toEqual(["_SUCCESS", `part-00000.${end}`]);
      expect(unpack(readFileSync(join(path, `part-00000.${end}`))).toString()).toBe("a\nä\n");
      expect(await sc().textFile(path).collect()).toEqual(["a", "ä"]);
    });

    test("a folder that is there stays as it is", async () => {
      mkdirSync(at("out/there"), { recursive: true });
      await expect(sc().parallelize([1]).saveAsTextFile(at("out/there"))).rejects.toThrow(
        `saveAsTextFile("${at("out/there")}"): file:${at("out/there")} is there already, and what is there isn't ` +
          "replaced.\nChoose another path, or remove it first.",
      );
      expect(readdirSync(at("out/there"))).toEqual([]);
      writeFileSync(at("out/file"), "");
      await expect(sc().parallelize([1]).saveAsTextFile(at("out/file/below"))).rejects.toThrow(
        `saveAsTextFile("${at("out/file/below")}") can't make the folder ${at("out/file/below")} (ENOTDIR).\n` +
          "Choose another place",
      );
    });

    test("a job that fails leaves nothing", async () => {
      const failing = sc()
        .parallelize([1, 2, 3, 4], 4)
        .map((n) => {
          if (n === 3) throw new Error("three");
          return n;
        });
      await expect(failing.saveAsTextFile(at("out/failed"))).rejects.toThrow("three");
      expect(existsSync(at("out/failed"))).toBe(false);
      await failing.filter(() => false).take(0);
      await sc().parallelize([1], 1).saveAsTextFile(at("out/failed"));
      expect(parts("out/failed")).toEqual([
        ["_SUCCESS", ""],
        ["part-00000", "1\n"],
      ]);
    });
  });
});

describe("arguments are checked at the call", () => {
  const context = sessionFor("sail");
  const sc = () => context.spark.sparkContext;
  const any = (value: unknown) => value as never;

  test.each(["textFile", "wholeTextFiles", "binaryFiles"] as const)("of %s", (method) => {
    expect(() => sc()[method]("")).toThrow(`${method}() was given no path.\nPass one: sc.${method}(`);
    expect(() => sc()[method](any(["a"]))).toThrow(`${method}() was given`);
    expect(() => sc()[method]("a", -1)).toThrow(
      `${method}() was given -1 partitions.\nPass a whole number from 1, or leave it out.`,
    );
    expect(() => sc()[method]("a", 1.5)).toThrow(`${method}() was given 1.5 partitions.`);
  });

  test("of binaryRecords and saveAsTextFile", () => {
    for (const length of [0, -1, 1.5, any("5"), any(undefined)])
      expect(() => sc().binaryRecords("a", length)).toThrow(
        /^binaryRecords\(\) was given records of .*\nPass how long/s,
      );
    const rdd = sc().parallelize([1]);
    expect(() => rdd.saveAsTextFile("")).toThrow(
      'saveAsTextFile() was given no path.\nPass one: rdd.saveAsTextFile("out")',
    );
    expect(() => rdd.saveAsTextFile("a", any(5n))).toThrow(
      "saveAsTextFile() can't pack with 5.\nPass one of",
    );
    expect(() => rdd.saveAsTextFile("a", "gzip")).toThrow(
      'saveAsTextFile() can\'t pack with "gzip".\nPass one of GzipCodec, ZStandardCodec',
    );
  });
});
