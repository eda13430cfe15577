import { type ClosureCase, mapped } from "./closure-case.ts";

/** Functions that throw on an executor. The places are those of the text that the user wrote. */
export const traceCases: readonly ClosureCase[] = [
  {
    name: "an arrow function",
    cells: ["const fails = (x: { a?: number }): number =>\n  (x as any).missing.deep;"],
    value: mapped("fails", "[{}]"),
    throwsAt: ["fails at 1:2:22"],
  },
  {
    name: "functions of two cells",
    cells: [
      "interface Line { text: string }\n\nfunction inner(line: Line): string {\n  if (line.text === '') throw new Error('empty');\n  return line.text;\n}",
      "type Fn = (x: string) => string;\nconst outer: Fn = (text: string) => inner({ text } satisfies Line);",
    ],
    value: mapped("outer", "['a', '']"),
    throwsAt: ["inner at 1:4:31", "outer at 2:2:37"],
  },
  {
    name: "a class's method, its constructor and its getter",
    cells: [
      "class Reader<T> {\n  readonly source: T;\n  constructor(source: T) {\n    if (source === undefined) throw new TypeError('no source');\n    this.source = source;\n  }\n  get first(): unknown {\n    return (this.source as any).nothing.there;\n  }\n  read(): unknown {\n    return this.first;\n  }\n  static open(x: number): Reader<number | undefined> {\n    return new Reader(x > 1 ? undefined : x);\n  }\n}",
      "const readAll = (x: number) => new Reader(x).read();\nconst openAll = (x: number) =>\n  Reader.open(x).source;",
    ],
    value: mapped("readAll", "[1]"),
    throwsAt: ["get first at 1:8:41", "read at 1:11:17", "readAll at 2:1:46"],
  },
  {
    name: "a constructor that a static method calls",
    cells: [
      "class Door {\n  constructor(n: number) {\n    if (n > 1) throw new RangeError('shut');\n  }\n  static open(n: number) { return new Door(n); }\n}\nconst enter = (n: number) => Door.open(n);",
    ],
    value: mapped("enter", "[1, 2]"),
    throwsAt: ["new Door at 1:3:22", "open at 1:5:35", "enter at 1:7:35"],
  },
  {
    name: "a generator function",
    cells: [
      "function* parsed(lines: Iterable<string>): Generator<unknown> {\n  for (const line of lines)\n    yield JSON.parse(line) as unknown;\n}",
    ],
    value: "await sc.parallelize(['1', '{'], 1).mapPartitions(parsed).collect()",
    throwsAt: ["parsed at 1:3:16"],
  },
  {
    name: "a local file",
    cells: [`import { fail } from "./lib/base.ts";\nconst useFile = (x: number) => fail(x);`],
    value: mapped("useFile"),
    throwsAt: ["fail at lib/base.ts:3:9", "useFile at 1:2:32"],
  },
  {
    name: "an npm package",
    cells: [`import { deep } from "esm-pkg";\nconst usePackage = (x: string) => deep(x);`],
    value: mapped("usePackage", "['boom']"),
    throwsAt: ["deep at node_modules/esm-pkg/internal.js:2:27", "usePackage at 1:2:35"],
  },
  {
    name: "a closure of a factory",
    cells: [
      "const checker = (max: number) =>\n  function check(x: number): number {\n    if (x >= max) throw new RangeError(`${x} is too much`);\n    return x;\n  };",
    ],
    value: mapped("checker(2)"),
    throwsAt: ["check at 1:3:25"],
  },
  {
    name: "a method of an object",
    cells: [
      "const tools2 = {\n  name: 'x',\n  cut(text: string): string { return text.slice(1).first.second; },\n};",
    ],
    value: mapped("(text) => tools2.cut(text)", "['ab']"),
    throwsAt: ["cut at 1:3:57"],
  },
  {
    name: "a callback inside of a built-in method",
    cells: ["const each = (xs: number[]) => xs.map((x) =>\n  (undefined as any).x);"],
    value: mapped("each", "[[1]]"),
    throwsAt: [" at 1:2:22", "each at 1:1:35"],
  },
  {
    name: "a variable that several functions share",
    cells: [
      "let calls = 0;\nfunction bump(): void { calls++; }\nfunction guard(x: number): number {\n  bump();\n  if (calls > 1) throw new Error('called twice');\n  return x;\n}",
    ],
    value: "await sc.parallelize([1, 2], 1).map(guard).collect()",
    throwsAt: ["guard at 1:5:24"],
  },
  {
    name: "code after an enum",
    cells: [
      "enum Kind { A, B }\nfunction kind(x: number): string {\n  if (x === Kind.B) throw new Error('B');\n  return 'A';\n}",
    ],
    value: mapped("kind"),
    throwsAt: ["kind at 1:3:27"],
    isTransformed: true,
  },
];
