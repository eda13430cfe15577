import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { lines, numbers, pairs } from "../data.ts";
import { program } from "../program.ts";

export const programs = [
  program(
    "saveAsTextFile writes a file for each partition, of what str() says",
    `
    import os
    sc.parallelize(["a", "b c", "", "é 漢", "x"], 3).saveAsTextFile(folder + "/out")
    names = sorted(n for n in os.listdir(folder + "/out") if not n.startswith("."))
    return [[n, open(folder + "/out/" + n, encoding="utf-8").read()] for n in names]
    `,
    async (sc, folder) => {
      await sc.parallelize(["a", "b c", "", "é 漢", "x"], 3).saveAsTextFile(`${folder}/out`);
      return readdirSync(`${folder}/out`)
        .filter((name) => !name.startsWith("."))
        .toSorted()
        .map((name) => [name, readFileSync(`${folder}/out/${name}`, "utf8")]);
    },
  ),
  program(
    "saveAsTextFile of numbers with empty partitions, read again",
    `
    sc.parallelize(numbers, 4).filter(lambda x: x > 300).coalesce(3).saveAsTextFile(folder + "/out")
    return sorted(sc.textFile(folder + "/out").map(int).collect())
    `,
    async (sc, folder) => {
      await sc
        .parallelize(numbers, 4)
        .filter((x) => x > 300)
        .coalesce(3)
        .saveAsTextFile(`${folder}/out`);
      return (await sc.textFile(`${folder}/out`).map(Number).collect()).toSorted((a, b) => a - b);
    },
  ),
  program(
    "saveAsTextFile with gzip, read again",
    `
    import os
    sc.parallelize(lines, 2).saveAsTextFile(folder + "/out", "org.apache.hadoop.io.compress.GzipCodec")
    names = sorted(n for n in os.listdir(folder + "/out") if not n.startswith("."))
    return [names, sorted(sc.textFile(folder + "/out").collect())]
    `,
    async (sc, folder) => {
      await sc
        .parallelize(lines, 2)
        .saveAsTextFile(`${folder}/out`, "org.apache.hadoop.io.compress.GzipCodec");
      const names = readdirSync(`${folder}/out`)
        .filter((name) => !name.startsWith("."))
        .toSorted();
      return [names, (await sc.textFile(`${folder}/out`).collect()).toSorted()];
    },
  ),
  program(
    "saveAsTextFile to what is there already",
    `
    import os
    os.mkdir(folder + "/out")
    sc.parallelize([1], 1).saveAsTextFile(folder + "/out")
    `,
    async (sc, folder) => {
      mkdirSync(`${folder}/out`);
      await sc.parallelize([1], 1).saveAsTextFile(`${folder}/out`);
    },
    { fails: "already" },
  ),
  program(
    "textFile splits one file where Hadoop splits it",
    String.raw`
    open(folder + "/a.txt", "w").write("\n".join("line %d" % i for i in range(50)))
    return [[len(p) for p in sc.textFile(folder + "/a.txt", n).glom().collect()] for n in (1, 2, 3, 5, 8)]
    `,
    async (sc, folder) => {
      writeFileSync(`${folder}/a.txt`, Array.from({ length: 50 }, (_, i) => `line ${i}`).join("\n"));
      const all: unknown[] = [];
      for (const n of [1, 2, 3, 5, 8]) {
        const parts = await sc.textFile(`${folder}/a.txt`, n).glom().collect();
        all.push(parts.map((part) => part.length));
      }
      return all;
    },
  ),
  program(
    "textFile ends lines at every ending",
    String.raw`
    open(folder + "/a.txt", "w", newline="").write("a\r\nb\rc\n\nd\r\n")
    return sc.textFile(folder + "/a.txt", 1).collect()
    `,
    (sc, folder) => {
      writeFileSync(`${folder}/a.txt`, "a\r\nb\rc\n\nd\r\n");
      return sc.textFile(`${folder}/a.txt`, 1).collect();
    },
  ),
  program(
    "textFile of several files counts words",
    String.raw`
    for i in range(3):
        open(folder + "/%d.txt" % i, "w").write("\n".join(lines[i::3]))
    return sorted(sc.textFile(folder).flatMap(lambda s: s.split()).map(lambda w: (w, 1)).reduceByKey(lambda a, b: a + b, 3).collect())
    `,
    async (sc, folder) => {
      for (const i of [0, 1, 2]) {
        writeFileSync(`${folder}/${i}.txt`, lines.filter((_, n) => n % 3 === i).join("\n"));
      }
      return sc
        .textFile(folder)
        .flatMap((line) => line.split(" ").filter((word) => word !== ""))
        .map((word): [string, number] => [word, 1])
        .reduceByKey((a, b) => a + b, 3)
        .collect();
    },
    { unordered: "the order of files in a folder is the file system's" },
  ),
  program(
    "textFile of a pattern and of gzip",
    String.raw`
    import gzip
    open(folder + "/a.log", "w").write("1\n2\n")
    open(folder + "/b.txt", "w").write("no\n")
    gzip.open(folder + "/c.gz", "wt").write("3\n4")
    return [sc.textFile(folder + "/*.log").collect(), sc.textFile(folder + "/c.gz", 4).glom().collect(), sorted(sc.textFile(folder + "/a.log," + folder + "/c.gz").collect())]
    `,
    async (sc, folder) => {
      writeFileSync(`${folder}/a.log`, "1\n2\n");
      writeFileSync(`${folder}/b.txt`, "no\n");
      writeFileSync(`${folder}/c.gz`, gzipSync("3\n4"));
      return [
        await sc.textFile(`${folder}/*.log`).collect(),
        await sc.textFile(`${folder}/c.gz`, 4).glom().collect(),
        (await sc.textFile(`${folder}/a.log,${folder}/c.gz`).collect()).toSorted(),
      ];
    },
  ),
  program(
    "wholeTextFiles gives names and texts",
    String.raw`
    for name in "bca":
        open(folder + "/" + name + ".txt", "w").write("%s\n%s" % (name, name))
    return sorted((n.split("/")[-1], n.split(":")[0], t) for n, t in sc.wholeTextFiles(folder).collect())
    `,
    async (sc, folder) => {
      for (const name of "bca") writeFileSync(`${folder}/${name}.txt`, `${name}\n${name}`);
      const files = await sc.wholeTextFiles(folder).collect();
      return files.map(([name, text]) => [name.split("/").at(-1), name.split(":")[0], text]);
    },
    { unordered: "the order of files in a folder is the file system's" },
  ),
  program(
    "binaryFiles gives names and bytes",
    String.raw`
    open(folder + "/a.bin", "wb").write(bytes(range(0, 256, 51)))
    open(folder + "/b.bin", "wb").write(b"")
    return sorted((n.split("/")[-1], b) for n, b in sc.binaryFiles(folder).collect())
    `,
    async (sc, folder) => {
      writeFileSync(`${folder}/a.bin`, Uint8Array.of(0, 51, 102, 153, 204, 255));
      writeFileSync(`${folder}/b.bin`, "");
      const files = await sc.binaryFiles(folder).collect();
      return files.map(([name, bytes]) => [name.split("/").at(-1), bytes]);
    },
    { unordered: "the order of files in a folder is the file system's" },
  ),
  program(
    "a missing file is an error of the action",
    `sc.textFile(folder + "/none.txt").map(len).count()`,
    (sc, folder) =>
      sc
        .textFile(`${folder}/none.txt`)
        .map((line) => line.length)
        .count(),
    { fails: "none.txt" },
  ),
  program(
    "what was saved is sorted and indexed",
    `
    sc.parallelize(pairs, 4).map(lambda p: "%s,%d" % p).saveAsTextFile(folder + "/out")
    rows = sc.textFile(folder + "/out", 2).map(lambda s: s.split(","))
    return rows.map(lambda r: (r[0], int(r[1]))).sortBy(lambda p: p[1], False, 1).zipWithIndex().take(5)
    `,
    async (sc, folder) => {
      await sc
        .parallelize(pairs, 4)
        .map(([key, i]) => `${key},${i}`)
        .saveAsTextFile(`${folder}/out`);
      return sc
        .textFile(`${folder}/out`, 2)
        .map((line) => line.split(","))
        .map(([key, i]): [string, number] => [key, Number(i)])
        .sortBy(([, i]) => i, false, 1)
        .zipWithIndex()
        .take(5);
    },
  ),
];
