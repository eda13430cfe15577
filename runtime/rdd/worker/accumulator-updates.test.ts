import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { afterAll, expect, test } from "vitest";
import { AccumulatorParam, addingNumbers } from "../accumulator-param.ts";
import type { BundleNode, ClosureBundle } from "../closures/bundle.ts";
import { capture } from "../closures/capture.ts";
import type { CodeCapture } from "../closures/capture-code.ts";
import { captureValue } from "../closures/capture-value.ts";
import { travels } from "../closures/travels.ts";
import { accumulatorUpdates } from "./accumulator-updates.ts";
import { decodeRecords, type JobClasses } from "./records.ts";
import { revive } from "./revive.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-added-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

class Counts extends AccumulatorParam<Map<string, number>> {
  override zero() {
    return new Map<string, number>();
  }
  override addInPlace(a: Map<string, number>, b: Map<string, number>) {
    for (const [key, n] of b) a.set(key, (a.get(key) ?? 0) + n);
    return a;
  }
}
class Range {
  low: number;
  high: number;
  constructor(low: number, high: number) {
    this.low = low;
    this.high = high;
  }
}
/** Its zero is one object, which adding changes. */
class Ranges extends AccumulatorParam<Range> {
  nothing = new Range(Infinity, -Infinity);
  override zero() {
    return this.nothing;
  }
  override addInPlace(a: Range, b: Range) {
    if (!(a instanceof Range && b instanceof Range)) throw new TypeError("another class");
    a.low = Math.min(a.low, b.low);
    a.high = Math.max(a.high, b.high);
    return a;
  }
}

interface Adds<T> {
  add(term: T): void;
  value: T;
}

/** An accumulator as it travels, without a session. */
function travelling<T>(id: number, value: T, param?: AccumulatorParam<T>, file = ""): Adds<T> {
  const zero = captureValue("accumulator()", param ? param.zero(value) : 0, { isLocal: true });
  const node = (walk: CodeCapture, trail: Parameters<CodeCapture["add"]>[1]): BundleNode => ({
    kind: "accumulator",
    id,
    capture: 7,
    param: param && walk.add(param, trail),
    zero: zero.bytes,
    classes: zero.classes.map((owner) => walk.add(owner, trail.member("constructor"))),
    file,
  });
  return Object.defineProperty({} as Adds<T>, travels, { value: node });
}

function onExecutor<A extends unknown[]>(fn: (...args: A) => unknown) {
  const { bundle } = capture([{ method: "foreach", fn }], { isLocal: true });
  const { functions, classes } = revive(deserialize(serialize(bundle)) as ClosureBundle);
  return { fn: functions[0] as typeof fn, classes };
}

function taken(classes: JobClasses = new Map()): unknown {
  const bytes = accumulatorUpdates.take();
  if (!bytes) return undefined;
  expect(bytes.readUInt32LE()).toBe(7);
  return decodeRecords(bytes.subarray(4), classes);
}

test("what partitions add is taken apart, each from zero", () => {
  const numbers = travelling(1, 100);
  const counts = travelling(2, new Map([["here", 1]]), new Counts());
  const { fn } = onExecutor((word: string) => {
    numbers.add(word.length);
    counts.add(new Map([[word, 1]]));
  });
  expect(taken()).toBeUndefined();
  ["a", "bb", "a"].forEach((word) => fn(word));
  expect(taken()).toEqual([
    [1, 4],
    [
      2,
      new Map([
        ["a", 2],
        ["bb", 1],
      ]),
    ],
  ]);
  expect(taken()).toBeUndefined();
  fn("ccc");
  expect(taken()).toEqual([
    [1, 3],
    [2, new Map([["ccc", 1]])],
  ]);
});

test("a zero that is one object isn't carried from one partition into the next", () => {
  const range = travelling(3, new Range(0, 0), new Ranges());
  const { fn, classes } = onExecutor((n: number) => range.add(new Range(n, n)));
  fn(5);
  fn(9);
  expect(taken(classes)).toEqual([[3, { low: 5, high: 9 }]]);
  fn(7);
  expect(taken(classes)).toEqual([[3, { low: 7, high: 7 }]]);
});

test("its value can't be read or set on an executor", () => {
  const sum = travelling(4, 0);
  expect(() => onExecutor(() => sum.value).fn()).toThrow(
    /was read in a function on an executor, which only adds to it/,
  );
  expect(() => onExecutor(() => (sum.value = 3)).fn()).toThrow(
    /was set in a function on an executor.*add\(term\)/,
  );
});

test("only numbers are added to numbers, and bigints to bigints", () => {
  const sum = travelling(5, 0) as Adds<unknown>;
  const { fn } = onExecutor((term: unknown) => sum.add(term));
  expect(() => fn("1")).toThrow(
    "add() of an accumulator was given 1, of type string; it adds numbers. Convert it",
  );
  expect(() => fn(1n)).toThrow(
    "was given 1, a bigint; it adds numbers. Convert it: Number(n), or begin with 0n",
  );
  expect(() => fn(undefined)).toThrow("was given undefined, of type undefined");
  expect(() => addingNumbers.addInPlace(1n, 1)).toThrow("it adds bigints. Convert it: BigInt(n).");
  expect(addingNumbers.addInPlace(2n ** 64n, 1n)).toBe(2n ** 64n + 1n);
  accumulatorUpdates.drop();
  expect(accumulatorUpdates.take()).toBeUndefined();
});

test("where rows are the user's alone, it goes to a file, a line for a task", () => {
  const file = join(folder, "added");
  const sum = travelling(6, 0, undefined, file);
  const { fn } = onExecutor((n: number) => sum.add(n));
  accumulatorUpdates.write(); // nothing
  for (const n of [1, 2]) {
    fn(n);
    fn(n);
    accumulatorUpdates.write();
  }
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines.map((line) => decodeRecords(Buffer.from(line, "base64").subarray(4), new Map()))).toEqual([
    [[6, 2]],
    [[6, 4]],
  ]);
});

test("a way of adding that isn't whole says what it lacks", () => {
  class Half extends AccumulatorParam<number> {}
  expect(() => new Half().zero(1)).toThrow("Half has no zero(value), with what a partition begins.");
  expect(() => new Half().addInPlace(1, 2)).toThrow("Half has no addInPlace(first, second)");
});
