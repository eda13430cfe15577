import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { afterAll, expect, test } from "vitest";
import type { BundleNode, ClosureBundle } from "../closures/bundle.ts";
import { capture } from "../closures/capture.ts";
import type { CodeCapture } from "../closures/capture-code.ts";
import { captureValue } from "../closures/capture-value.ts";
import type { ClosureError } from "../closures/closure-error.ts";
import { travels } from "../closures/travels.ts";
import { revive } from "./revive.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-broadcast-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

class Point {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  get length() {
    return Math.hypot(this.x, this.y);
  }
}
class Hidden {
  #secret = 1;
  get secret() {
    return this.#secret;
  }
}

interface Shared<T> {
  readonly value: T;
  readonly path: string;
}
let count = 0;

/** Written as a session writes it, without the session. */
function written<T>(value: T): Shared<T> {
  const { bytes, classes } = captureValue("broadcast()", value, { isLocal: true });
  const path = join(folder, String(count++));
  writeFileSync(path, bytes);
  const node = (walk: CodeCapture, trail: Parameters<CodeCapture["add"]>[1]): BundleNode => ({
    kind: "broadcast",
    file: path,
    classes: classes.map((owner) => walk.add(owner, trail.member("constructor"))),
  });
  return Object.defineProperty({ value, path }, travels, { value: node });
}

/** What a function gives in a worker. */
function onExecutor<R>(fn: () => R): R {
  const { bundle } = capture([{ method: "map", fn }], { isLocal: true });
  return revive(deserialize(serialize(bundle)) as ClosureBundle).functions[0]() as R;
}

function refused(value: unknown): ClosureError {
  try {
    captureValue("broadcast()", value, { isLocal: true });
  } catch (error) {
    return error as ClosureError;
  }
  throw new Error("it was not refused");
}

test("a value is a copy with all that data can be", () => {
  const shared = { name: "twice" };
  const cyclic: Record<string, unknown> = { shared, again: shared };
  cyclic.self = cyclic;
  const value = {
    map: new Map<unknown, unknown>([[{ a: 1 }, new Set([1, "1"])]]),
    numbers: [-0, Number.NaN, 2n ** 70n, undefined, null],
    floats: Float64Array.of(1.5, -2),
    at: new Date(5),
    lone: "\ud800",
    pattern: /a+/giu,
    cyclic,
  };
  const b = written(value);
  const copy = onExecutor(() => b.value);
  expect(copy).toEqual(value);
  expect(copy).not.toBe(value);
  expect(copy.cyclic.shared).toBe(copy.cyclic.again);
  expect(copy.cyclic.self).toBe(copy.cyclic);
  for (const simple of [0, "", null, undefined, false, 3n]) {
    const plain = written(simple);
    expect(onExecutor(() => plain.value)).toBe(simple);
  }
});

test("instances are of the class that the function knows, in each job", () => {
  const b = written({ points: [new Point(3, 4)], byName: new Map([["a", new Point(6, 8)]]) });
  const look = () => {
    const [first] = b.value.points;
    const second = b.value.byName.get("a")!;
    return [
      first instanceof Point,
      second instanceof Point,
      first.constructor === Point,
      first.length,
      second.length,
    ];
  };
  expect(onExecutor(look)).toEqual([true, true, true, 5, 10]);
  expect(onExecutor(look)).toEqual([true, true, true, 5, 10]);
});

test("it is read once in a process, and again when it was unpersisted; destroyed, it is gone with the next task", () => {
  const b = written([1, 2]);
  const first = onExecutor(() => b.value);
  expect(onExecutor(() => b.value)).toBe(first);
  utimesSync(b.path, new Date(1), new Date(1));
  const second = onExecutor(() => b.value);
  expect(second).toEqual(first);
  expect(second).not.toBe(first);
  rmSync(b.path);
  expect(() => onExecutor(() => b.value)).toThrow(
    /^The value of a broadcast variable isn't there: it was destroyed/,
  );
});

test("a function that doesn't ask for the value doesn't read it", () => {
  const b = written([1]);
  rmSync(b.path);
  expect(onExecutor(() => (b ? 1 : 2))).toBe(1);
});

test("a variable within the value of another is one", () => {
  const inner = written({ point: new Point(3, 4) });
  const outer = written({ inner, of: [new Point(1, 0)] });
  expect(onExecutor(() => [outer.value.inner.value.point.length, outer.value.of[0].length])).toEqual([5, 1]);
});

test("what can't travel is refused, with the way to it", () => {
  expect(refused({ parse: [(x: string) => x] }).message).toBe(
    "What was given to broadcast() has `value.parse[0]`, a function, and a value that is shared is data.\n" +
      "Leave the function out of it: functions travel with those that call them.",
  );
  expect(refused({ "a b": Promise.resolve() }).message).toMatch(
    /^What was given to broadcast\(\) has `value\["a b"\]`, a promise, which can't be sent to the executors\.\nAwait it first/,
  );
  expect(refused([new Hidden()]).message).toMatch(
    /`value\[0\]`, a Hidden, whose #private fields can't be copied/,
  );
  expect(refused(new WeakMap()).message).toMatch(/`value`, a WeakMap, .*\nUse a Map/);
});
