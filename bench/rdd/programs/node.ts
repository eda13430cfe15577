// The programs of `npm run bench rdd` by hand: one Node process without Spark, which holds everything in memory. Each line on
// standard input is {"program": …, "paths": […]}; the answer is a line of JSON, the same from every peer.
import { closeSync, openSync, readSync } from "node:fs";
import { createInterface } from "node:readline";

/** A file's lines, a megabyte at a time. */
function* linesOf(path: string): Generator<string[]> {
  const fd = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(1 << 20);
  let kept = 0;
  for (;;) {
    const length = kept + readSync(fd, buffer, kept, buffer.length - kept, null);
    if (length === kept) break;
    const end = buffer.lastIndexOf(0x0a, length - 1);
    yield buffer.toString("utf8", 0, end).split("\n");
    buffer.copyWithin(0, end + 1, length);
    kept = length - end - 1;
  }
  if (kept > 0) yield [buffer.toString("utf8", 0, kept)];
  closeSync(fd);
}

function countKeys(path: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const lines of linesOf(path)) {
    for (const line of lines)
      for (const word of line.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

const programs: Record<string, (...paths: string[]) => unknown> = {
  wordCount(path) {
    let [distinct, total, letters] = [0, 0, 0];
    for (const [word, n] of countKeys(path)) {
      distinct++;
      total += n;
      letters += n * word.length;
    }
    return [distinct, total, letters];
  },

  filterCount(path) {
    let count = 0;
    for (const lines of linesOf(path)) {
      for (const line of lines) {
        const parts = line.split(" ");
        if (Number(parts[parts.length - 1].slice(6)) > 50_000) count++;
      }
    }
    return [count];
  },

  reduceByKey(path) {
    let [keys, total, squares] = [0, 0, 0];
    for (const n of countKeys(path).values()) {
      keys++;
      total += n;
      squares += n * n;
    }
    return [keys, total, squares];
  },

  tupleKeys(path) {
    const reduced = new Map<string, Map<number, { n: number; last: number }>>();
    for (const lines of linesOf(path)) {
      for (const line of lines) {
        for (const key of line.split(" ")) {
          const prefix = key.slice(0, 3);
          let values = reduced.get(prefix);
          if (!values) reduced.set(prefix, (values = new Map()));
          const number = Number(key.slice(3));
          const last = Number(key.slice(8));
          const value = values.get(number);
          if (!value) values.set(number, { n: 1, last });
          else {
            value.n++;
            value.last += last;
          }
        }
      }
    }
    let [keys, total, last, numbers] = [0, 0, 0, 0];
    for (const values of reduced.values()) {
      for (const [number, value] of values) {
        keys++;
        total += value.n;
        last += value.last;
        numbers += number;
      }
    }
    return [keys, total, last, numbers];
  },

  sortByKey(path) {
    const records: { key: number; value: string }[] = [];
    for (const lines of linesOf(path)) {
      for (const line of lines) records.push({ key: Number(line.slice(0, 9)), value: line.slice(10) });
    }
    records.sort((a, b) => a.key - b.key);
    let [total, places] = [0, 0];
    for (const [index, { key }] of records.entries()) {
      total += key;
      places += index * (key % 100);
    }
    return [records.length, total, places];
  },

  groupByKey(path) {
    const groups = new Map<string, number[]>();
    for (const lines of linesOf(path)) {
      for (const line of lines) {
        const key = line.slice(0, 12);
        const values = groups.get(key);
        if (values) values.push(Number(line.slice(13)));
        else groups.set(key, [Number(line.slice(13))]);
      }
    }
    let [total, squares] = [0, 0];
    for (const values of groups.values()) {
      for (const value of values) total += value;
      squares += values.length ** 2;
    }
    return [groups.size, total, squares];
  },

  join(left, right) {
    const lefts = new Map<string, number>();
    for (const lines of linesOf(left)) {
      for (const line of lines) lefts.set(line.slice(0, 8), Number(line.slice(9)));
    }
    let [records, total, differences] = [0, 0, 0];
    for (const lines of linesOf(right)) {
      for (const line of lines) {
        const a = lefts.get(line.slice(0, 8));
        if (a === undefined) continue;
        records++;
        total += a;
        differences += Math.abs(a - Number(line.slice(9)));
      }
    }
    return [records, total, differences];
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { program, paths } = JSON.parse(line) as { program: string; paths: string[] };
  console.log(JSON.stringify(programs[program](...paths)));
}
