import { type ClosureCase, mapped } from "./closure-case.ts";

export const cellCases: readonly ClosureCase[] = [
  {
    name: "a function of an earlier cell",
    cells: ["const early = (x: number) => x + 1;", "const late = (x: number) => early(x) * 2;"],
    value: mapped("late"),
    gives: [4, 6],
  },
  {
    name: "a function of an earlier cell, redefined later",
    cells: [
      "function clean(x: number) { return x; }\nfunction caller(x: number) { return clean(x); }",
      "function clean(x: number) { return x * 100; }",
    ],
    script: [
      "let clean = (x: number) => x;\nfunction caller(x: number) { return clean(x); }\nclean = (x) => x * 100;",
    ],
    value: mapped("(x) => caller(x)"),
    gives: [100, 200],
  },
  {
    name: "a function that is redefined between transformation and action",
    cells: [
      "const step = (x: number) => x;\nconst stepped = sc.parallelize([1, 2], 2).map((x) => step(x));",
      "const step = (x: number) => -x;",
    ],
    script: [
      "let step = (x: number) => x;\nconst stepped = sc.parallelize([1, 2], 2).map((x) => step(x));\nstep = (x) => -x;",
    ],
    value: "await stepped.collect()",
    gives: [-1, -2],
  },
  {
    name: "a constant that is declared again",
    cells: ["const tone = 'low';", "const tone = 'high';"],
    script: ["const tone = 'high';"],
    value: mapped("() => tone", "[0]"),
    gives: ["high"],
  },
  {
    name: "a class that is declared again: instances keep theirs",
    cells: ["class V { n() { return 1; } }\nconst old = new V();", "class V { n() { return 2; } }"],
    script: ["let V = class { n() { return 1; } };\nconst old = new V();\nV = class { n() { return 2; } };"],
    value: mapped("() => [old.n(), new V().n()]", "[0]"),
    gives: [[1, 2]],
  },
  {
    name: "a function that is defined after the transformation",
    cells: [
      "const pending1 = sc.parallelize([3], 1).map((x) => defined_later(x));",
      "function defined_later(x: number) { return x + 0.5; }",
    ],
    value: "await pending1.collect()",
    gives: [3.5],
  },
  {
    name: "cells that await",
    cells: ["const waited = await Promise.resolve(8);\nfunction useWaited(x: number) { return x + waited; }"],
    value: mapped("useWaited"),
    gives: [9, 10],
  },
  {
    name: "a class in a cell that awaits",
    cells: [
      "await null;\nclass Waiter { serve(x: number) { return `#${x}`; } }\nconst waiter = new Waiter();",
    ],
    value: mapped("(x) => waiter.serve(x)"),
    gives: ["#1", "#2"],
  },
  {
    name: "types, interfaces and aliases",
    cells: [
      "interface Event1 { host: string; bytes?: number }\ntype Size = Event1['bytes'] | null;\ndeclare const ambient: number;\nconst sizeOf = (e: Event1): Size => e.bytes ?? null;",
    ],
    value: mapped("(e: Event1): Size => sizeOf(e)", "[{ host: 'a', bytes: 3 }, { host: 'b' }] as Event1[]"),
    gives: [3, null],
  },
  {
    name: "generics, as, satisfies, ! and <T,>",
    cells: [
      "const identity = <T,>(x: T): T => x;\nconst table1 = { a: 1 } satisfies Record<string, number>;\nfunction pick<T extends object, K extends keyof T>(o: T, k: K): T[K] { return o[k]!; }",
    ],
    value: mapped("(x) => pick(identity<{ a: number }>(table1 as { a: number }), 'a') + (x as number)!"),
    gives: [2, 3],
  },
  {
    name: "overloads, this parameters and predicates",
    cells: [
      "function len(x: string): number;\nfunction len(x: number[]): number;\nfunction len(x: string | number[]) { return x.length; }\nconst isText = (x: unknown): x is string => typeof x === 'string';\nfunction me(this: { n: number }) { return this.n; }",
    ],
    value: mapped("(x) => [isText(x), len(x), me.call({ n: 1 })]", "['ab', [1]]"),
    gives: [
      [true, 2, 1],
      [false, 1, 1],
    ],
  },
  {
    name: "types over several lines before the code",
    cells: [
      "type A = {\n  a: number;\n  b: string;\n};\nconst f1 = (\n  x: number,\n  // a comment\n  y: A = { a: 1, b: 'b' },\n): number =>\n  x + y.a;",
    ],
    value: mapped("(x) => f1(x)"),
    gives: [2, 3],
  },
  {
    name: "an enum",
    cells: ["enum Level { Low, High = 5, Next }\nenum Name { A = 'a', B = 'b' }"],
    value: mapped("(x) => [Level[x], Level.Next, Name.B]", "[0, 5]"),
    gives: [
      ["Low", 6, "b"],
      ["High", 6, "b"],
    ],
    isTransformed: true,
  },
  {
    name: "an enum with computed members, and one in two parts",
    cells: ["enum Flag { A = 1 << 0, B = 1 << 1, AB = A | B, L = 'xyz'.length }\nenum Flag { Z = 99 }"],
    value: mapped("() => [Flag.AB, Flag.L, Flag.Z]", "[0]"),
    gives: [[3, 3, 99]],
    isTransformed: true,
  },
  {
    name: "a const enum",
    cells: ["const enum Dir { Up = 'UP', Down = 'DOWN' }"],
    value: mapped("() => Dir.Up + Dir.Down", "[0]"),
    gives: ["UPDOWN"],
    isTransformed: true,
  },
  {
    name: "a namespace",
    cells: [
      "namespace Geometry { export const tau = 6; const hidden = 2; export function area(r: number) { return tau * r * hidden; } export namespace Deep { export class Dot { size = hidden; } } }",
    ],
    value: mapped("(r) => [Geometry.area(r), new Geometry.Deep.Dot().size]"),
    gives: [
      [12, 2],
      [24, 2],
    ],
    isTransformed: true,
  },
  {
    name: "a function in the last cell's own block",
    value:
      "await (async () => { const local = 3; const helper = (x) => x * local; return sc.parallelize([1, 2], 2).map((x) => helper(x)).collect(); })()",
    gives: [3, 6],
  },
  {
    name: "a closure in a Promise chain",
    value: "await Promise.resolve(4).then((n) => sc.parallelize([1, 2], 2).map((x) => x + n).collect())",
    gives: [5, 6],
  },
  {
    name: "several RDDs with one helper",
    cells: [
      "const tagged = (tag: string) => (x: number) => tag + x;\nconst left1 = sc.parallelize([1], 1).map(tagged('l'));\nconst right1 = sc.parallelize([2], 1).map(tagged('r'));",
    ],
    value: "[await left1.collect(), await right1.collect()]",
    gives: [["l1"], ["r2"]],
  },
  {
    name: "magic words of cells as names",
    cells: ["const input1 = 'i'; const display1 = 'd'; const html1 = 'h';"],
    value: mapped("() => input1 + display1 + html1", "[0]"),
    gives: ["idh"],
  },
  {
    name: "a name of the notebook's own, taken by the user",
    cells: ["const crypto = { mine: 1 }; const fs = 2;"],
    value: mapped("() => [crypto.mine, fs]", "[0]"),
    gives: [[1, 2]],
  },
];
