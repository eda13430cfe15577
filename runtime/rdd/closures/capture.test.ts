import assert from "node:assert";
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import net from "node:net";
import path, { basename } from "node:path";
import * as url from "node:url";
import { deserialize, serialize } from "node:v8";
import { runInThisContext } from "node:vm";
import { parseSync } from "oxc-parser";
import { afterEach, describe, expect, test } from "vitest";
import { revive } from "../worker/revive.ts";
import { capture } from "./capture.ts";
import type { ClosureError } from "./closure-error.ts";
import { aClosedOverCounter, Point, scaled, theScale } from "./capture.fixture.ts";

const warnings: string[] = [];
const options = { isLocal: true, warn: (message: string) => void warnings.push(message) };
afterEach(() => void (warnings.length = 0));

type Function1 = (...args: unknown[]) => unknown;

/** The function as a worker makes it. */
function travelled(fn: object): Function1 {
  const { bundle } = capture([{ method: "map", fn }], options);
  return revive(deserialize(serialize(bundle)) as typeof bundle).functions[0];
}

function refused(fn: object, isLocal = true): ClosureError {
  try {
    capture([{ method: "map", fn }], { ...options, isLocal });
  } catch (error) {
    return error as ClosureError;
  }
  throw new Error("it was not refused");
}

// Values of the module, which the closures below use.
const moduleConst = 3;
let moduleLet = 5;
const table = new Map([["a", 1]]);
const cyclic: { name: string; self?: unknown } = { name: "loop" };
cyclic.self = cyclic;
function helper(x: number): number {
  return x * moduleConst;
}
function isEven(n: number): boolean {
  return n === 0 || isOdd(n - 1);
}
function isOdd(n: number): boolean {
  return n !== 0 && isEven(n - 1);
}
class Shape {
  static count = 2;
  name = "shape";
  static make() {
    return new Shape();
  }
  describe() {
    return `${this.name}/${moduleConst}`;
  }
}
class Circle extends Shape {
  r: number;
  constructor(r: number) {
    super();
    this.r = r;
  }
  get area() {
    return this.r ** 2 * 3;
  }
  override describe() {
    return `circle ${super.describe()}`;
  }
}
class Secret {
  #value = 1;
  get() {
    return this.#value;
  }
}
class Emitter extends EventEmitter {
  level = 1;
}
function enclosing(n: number) {
  const inner = { list: [1, 2, n] };
  let calls = 0;
  class Local {
    twice() {
      return n * 2;
    }
  }
  return (x: number) => {
    calls++;
    return x + n + inner.list[2] + moduleLet + helper(x) + new Local().twice() + calls;
  };
}
const api = {
  base: 10,
  add(x: number) {
    return this.base + x;
  },
  nested: { double: (x: number) => x * 2 },
};
const parsers = [(x: string) => Number(x), (x: string) => x.length];
const byName = new Map<string, unknown>([
  ["len", (x: string) => x.length],
  ["self", 1],
]);

describe("a function travels with", () => {
  const cases: [string, object, unknown[], unknown][] = [
    ["nothing", (x: number) => x + 1, [1], 2],
    ["a constant of its module", (x: number) => x + moduleConst, [1], 4],
    ["a let of its module, as it is now", (x: number) => x + moduleLet, [1], 6],
    ["a function it calls, and what that uses", (x: number) => helper(x), [2], 6],
    ["functions that call each other", (x: number) => isEven(x), [10], true],
    [
      "itself, by recursion",
      function fact(n: number): number {
        return n < 2 ? 1 : n * fact(n - 1);
      },
      [5],
      120,
    ],
    ["itself, declared", helper, [2], 6],
    ["variables at every depth", enclosing(7), [1], 1 + 7 + 7 + 5 + 3 + 14 + 1],
    ["a variable that it changes for itself", aClosedOverCounter(), [], 1],
    ["a Map", (x: string) => table.get(x), ["a"], 1],
    ["an object that contains itself", () => (cyclic.self as typeof cyclic).name, [], "loop"],
    ["a class", (x: number) => new Circle(x).area, [2], 12],
    ["a class's super and its own constants", (x: number) => new Circle(x).describe(), [2], "circle shape/3"],
    ["static fields and methods", () => Shape.make().name + Shape.count, [], "shape2"],
    [
      "a class expression of its own",
      (x: number) =>
        new (class {
          y = x * moduleConst;
        })().y,
      [2],
      6,
    ],
    ["an object with methods", (x: number) => api.add(x) + api.nested.double(x), [1], 13],
    ["an array of functions", (x: string) => parsers.map((parse) => parse(x)), ["12"], [12, 2]],
    ["a Map of functions", (x: string) => (byName.get("len") as Function1)(x), ["abc"], 3],
    ["the default export of a Node module", (x: string) => path.extname(x), ["a.ts"], ".ts"],
    ["a named export of a Node module", (x: string) => basename(x), ["/a/b"], "b"],
    ["a Node module as a namespace", (x: string) => url.pathToFileURL(x).href, ["/a"], "file:///a"],
    ["a Node module that is a function", (x: unknown) => assert(x), [1], undefined],
    ["a function of another file", (x: number) => scaled(x), [2], 2 * theScale],
    ["a class of another file", (x: number) => new Point(x, 4).norm(), [3], 5],
    [
      "globals that every Node has",
      (x: string) => Math.max(Buffer.from(x).length, new URL("a:b").pathname.length),
      ["abc"],
      3,
    ],
    [
      "globals of the web that every Node has",
      (name: string) => [
        new DOMException("gone", name).name,
        new ReadableStream().pipeThrough(new CompressionStream("gzip")).locked,
        new CustomEvent(name).type,
        typeof WebSocket,
        typeof navigator,
      ],
      ["AbortError"],
      ["AbortError", false, "AbortError", "function", "object"],
    ],
    ["an npm package", (x: string) => parseSync("a.js", x).program.body.length, ["a;b"], 2],
    ["optional and default arguments", (x: number, y = moduleConst) => x + y, [1], 4],
    ["a variable that may be missing, under typeof", () => typeof neverDefined, [], "undefined"],
  ];
  test.each(cases)("%s", (_, fn, args, expected) => {
    expect(travelled(fn)(...args)).toEqual(expected);
  });

  test.each<[string, Function1]>([
    ["Number", Number as Function1],
    ["String", String as Function1],
    ["Boolean", Boolean as unknown as Function1],
    ["parseFloat", parseFloat as Function1],
    ["JSON.parse", JSON.parse as Function1],
    ["Math.abs", Math.abs as Function1],
    ["path.basename", basename as Function1],
  ])("%s itself", (_, fn) => {
    expect(travelled(fn)).toBe(fn);
  });

  test.each<[string, unknown]>([
    ["a Date", new Date(5)],
    ["a RegExp", /a+/gi],
    ["a bigint", 2n ** 70n],
    ["-0", -0],
    ["NaN", Number.NaN],
    ["Infinity", Infinity],
    ["null", null],
    ["undefined", undefined],
    ["a Set", new Set([1, "a"])],
    ["a typed array", Float64Array.of(1, 2)],
    ["a Buffer", Buffer.from("abc")],
    ["an Error", new RangeError("far")],
    ["nested data", { a: [{ b: new Map([[1, { c: [undefined, null] }]]) }] }],
    ["text outside ASCII", "漢字 😀 \u2028"],
    ["a sparse array", [1, , 3]], // eslint-disable-line no-sparse-arrays
  ])("%s as it is", (_, value) => {
    expect(travelled(() => value)()).toStrictEqual(value);
  });

  test("an instance, with its class", () => {
    const circle = new Circle(3);
    const holder = { list: [circle], map: new Map([["c", circle]]) };
    expect(travelled(() => circle.describe())()).toBe("circle shape/3");
    expect(travelled(() => holder.list[0] === holder.map.get("c") && holder.list[0].area)()).toBe(27);
  });

  test("an instance of a class that extends one of Node's", () => {
    expect(travelled(() => class Mine extends Emitter {}.name)()).toBe("Mine");
    expect(travelled(() => new Emitter() instanceof EventEmitter && new Emitter().level)()).toBe(1);
  });

  test("a generator function", () => {
    const generator = function* (items: Iterable<number>) {
      for (const item of items) yield item * moduleConst;
    };
    expect([...(travelled(generator)([1, 2]) as Iterable<number>)]).toEqual([3, 6]);
  });

  test("methods of object literals, also with computed names", () => {
    const key = "computed";
    const object = {
      plain(x: number) {
        return x + moduleConst;
      },
      [key](x: number) {
        return x;
      },
    };
    expect(travelled(object.plain)(1)).toBe(4);
    expect(travelled(object[key])(1)).toBe(1);
  });

  test("the same object once, however often it is used", () => {
    const shared = { n: 1 };
    const one = () => shared;
    const two = () => shared;
    expect(travelled(() => one() === two())()).toBe(true);
  });

  test("values as they are at the time, not later", () => {
    const fn = () => moduleLet;
    const { bundle } = capture([{ method: "map", fn }], options);
    const copy = deserialize(serialize(bundle)) as typeof bundle;
    moduleLet = 99;
    expect(revive(copy).functions[0]()).toBe(5);
    moduleLet = 5;
  });
});

describe("a function of a cell", () => {
  const globals = globalThis as unknown as Record<string, unknown>;

  test("travels with the top-level variables of other cells", () => {
    runInThisContext("var cellRate = 2; function cellHelper(x) { return x * cellRate; } var crypto2 = 1", {
      filename: "Cell [1].ts",
    });
    const fn = runInThisContext("(x) => cellHelper(x) + cellRate", { filename: "Cell [2].ts" }) as object;
    expect(travelled(fn)(3)).toBe(8);
  });

  test("travels with a variable that has the name of a global", () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, "crypto")!;
    Object.defineProperty(globalThis, "crypto", {
      value: { name: "mine" },
      configurable: true,
      writable: true,
    });
    try {
      expect(travelled(runInThisContext("() => crypto.name") as object)()).toBe("mine");
    } finally {
      Object.defineProperty(globalThis, "crypto", original);
    }
  });

  test("travels with a require of any name", () => {
    const globals = globalThis as Record<string, unknown>;
    globals.myRequire = createRequire(import.meta.url);
    try {
      const fn = runInThisContext(`() => myRequire("node:path").sep`) as Function1;
      expect(travelled(fn)()).toBe("/");
    } finally {
      delete globals.myRequire;
    }
  });

  test("throws with the cell's name, line and column in the stack", () => {
    const source =
      "var before = 1;\n  function thrower(x) {\n    return x.missing.deep;\n  }\n\n var thrown = (x) => thrower(x)";
    runInThisContext(source, { filename: "Cell [7].ts" });
    let stack = "";
    try {
      travelled(globals.thrown as object)({});
    } catch (error) {
      stack = (error as Error).stack!;
    }
    expect(stack).toContain("at thrower (Cell [7].ts:3:22)");
    expect(stack).toContain("at thrown (Cell [7].ts:6:22)");
  });

  test.each([
    "() => { throw Error() }",
    "async () => { throw Error() }",
    "x => { throw Error() }",
    "(function f () { throw Error() })",
    "(function () { throw Error() })",
    "({ m() { throw Error() } }).m",
    "({ ['a' + 1]() { throw Error() } }).a1",
    "(class { static s() { throw Error() } }).s",
    "(class A { constructor() { throw Error() } })",
    "(class B { x = (() => { throw Error() })(); })",
  ])("keeps its line and column: %s", async (text) => {
    const copy = travelled(runInThisContext(`\n      ${text}`, { filename: "Cell [8].ts" }) as object);
    const call = async () =>
      String(copy).startsWith("class") ? new (copy as unknown as new () => unknown)() : copy();
    const error = await call().catch((thrown: unknown) => thrown);
    expect((error as Error).stack).toContain(`Cell [8].ts:2:${6 + text.indexOf("Error") + 1}`);
  });
});

describe("what can't travel is refused before the job:", () => {
  const socket = new net.Socket();
  const holder = { deep: { list: [0, socket] } };
  const throughHelper = () => holder;
  const bound = helper.bind(null);
  const pending = Promise.resolve(1);
  const secret = new Secret();
  const proxy = new Proxy({}, {});
  const weak = new WeakMap();
  const iterator = [1].values();
  const generating = (function* () {})();
  const unique = Symbol("unique");

  test.each<[string, object, string, string]>([
    [
      "a socket",
      () => socket,
      "The function given to map uses `socket`, a Socket, which can't be sent to the executors.",
      "mapPartitions",
    ],
    [
      "a socket deep inside",
      () => holder,
      "uses `holder.deep.list[1]`, a Socket",
      "Make it inside the function",
    ],
    [
      "a socket that a function uses",
      () => throughHelper(),
      "uses `holder.deep.list[1]` (through `throughHelper`), a Socket",
      "mapPartitions",
    ],
    [
      "a bound function",
      () => bound,
      "uses `bound`, bound helper, a bound or native function",
      "(x) => object.method(x)",
    ],
    [
      "a bound function given directly",
      bound,
      "The function given to map is bound helper",
      "(x) => object.method(x)",
    ],
    ["a promise", () => pending, "uses `pending`, a promise", "Await it first"],
    [
      "an instance with #private fields",
      () => secret,
      "uses `secret`, a Secret, whose #private fields",
      "without #",
    ],
    ["a Proxy", () => proxy, "uses `proxy`, a Proxy", "plain object"],
    ["a WeakMap", () => weak, "uses `weak`, a WeakMap", "Use a Map"],
    ["a running iterator", () => iterator, "a running iterator", "[...iterator]"],
    ["a generator", () => generating, "a running iterator", "[...iterator]"],
    ["a symbol", () => unique, "uses `unique`, a symbol", "Use a string"],
    [
      "this of an arrow function",
      arrowWithThis(),
      "uses `this` of the place it was written in",
      "const prefix = this.prefix",
    ],
    [
      "a variable that isn't defined",
      () => neverDefined,
      "uses `neverDefined`, which isn't defined",
      "Define `neverDefined`",
    ],
    ["a method that uses super", Circle.prototype.describe, "super", "new Parser().parse(x)"],
  ])("%s", (_, fn, what, remedy) => {
    const error = refused(fn);
    expect(error.name).toBe("ClosureError");
    const [first, ...rest] = error.message.split("\n");
    expect(first).toContain(what);
    expect(rest.join("\n")).toContain(remedy);
  });

  test("an npm package with a native addon, when the executors are on another machine", () => {
    const { message } = refused(() => parseSync, false);
    expect(message).toContain("npm package oxc-parser, a native addon");
    expect(message.split("\n")[1]).toContain("on collected data");
  });
});

test("a large capture is mentioned, with its name and size", () => {
  const cache = Buffer.alloc(11 << 20);
  capture([{ method: "filter", fn: () => cache }], options);
  expect(warnings).toEqual([expect.stringContaining("The function given to filter uses `cache`, 11 MB")]);
  expect(warnings[0].split("\n")[1]).toBe(
    "Broadcast it: const b = sc.broadcast(cache); then read b.value inside.",
  );
});

declare const neverDefined: unknown;

function arrowWithThis(this: unknown): () => unknown {
  return () => this;
}
