import { type ClosureCase, mapped } from "./closure-case.ts";

const sleep = "const later = <T,>(x: T, ms = 2) => new Promise<T>((done) => setTimeout(() => done(x), ms));";

export const asyncCases: readonly ClosureCase[] = [
  { name: "an async arrow function", value: mapped("async (x) => (await x) + 1"), gives: [2, 3] },
  {
    name: "an async function declaration that waits",
    cells: [sleep, "async function slow(x: number) { const y = await later(x, 5 - x); return y * 10; }"],
    value: "await sc.parallelize([1, 2, 3, 4], 2).map(slow).collect()",
    gives: [10, 20, 30, 40],
  },
  {
    name: "async functions that call each other, out of cells",
    cells: [
      sleep,
      "const first1 = async (x: number) => later(x + 1);",
      "const second1 = async (x: number): Promise<string> => `${await first1(x)}!`;",
    ],
    value: mapped("async (x) => second1(x)"),
    gives: ["2!", "3!"],
  },
  {
    name: "an async method of a class",
    cells: [
      sleep,
      "class Client { base = 100; #calls = 0; async get(x: number) { this.#calls++; return [await later(this.base + x), this.#calls]; } }",
    ],
    value: mapped("async (x) => new Client().get(x)"),
    gives: [
      [101, 1],
      [102, 1],
    ],
  },
  {
    name: "an async method of an object, taken by itself",
    cells: [sleep, "const api2 = { async fetch1(x: number) { return later(x * 2); } };"],
    value: mapped("api2.fetch1"),
    gives: [2, 4],
  },
  {
    name: "async filter and flatMap",
    cells: [sleep],
    value:
      "await sc.parallelize([1, 2, 3, 4], 2).filter(async (x) => later(x % 2 === 0)).flatMap(async (x) => [x, await later(-x)]).collect()",
    gives: [2, -2, 4, -4],
  },
  {
    name: "an async generator for a partition",
    cells: [
      sleep,
      "async function* batches(items: Iterable<number>) { for (const item of items) { yield await later(item); yield 0; } }",
    ],
    value: "await sc.parallelize([1, 2, 3], 2).mapPartitions(batches).collect()",
    gives: [1, 0, 2, 0, 3, 0],
  },
  {
    name: "for await inside of an async function",
    cells: [
      "async function* count(n: number) { for (let i = 1; i <= n; i++) yield i; }\nconst total1 = async (n: number) => { let sum = 0; for await (const i of count(n)) sum += i; return sum; };",
    ],
    value: mapped("total1", "[3, 4]"),
    gives: [6, 10],
  },
  {
    name: "Promise.all inside of an async function",
    cells: [sleep],
    value: mapped("async (x) => (await Promise.all([later(x), later(x * 2, 1)])).join()"),
    gives: ["1,2", "2,4"],
  },
  {
    name: "import() of a module of Node's",
    value: mapped("async (s) => (await import('node:path')).extname(s)", "['a.ts']"),
    gives: [".ts"],
  },
  {
    name: "import() of a local TypeScript file",
    value: mapped("async (x) => (await import('./lib/lazy.ts')).lazy(x)"),
    gives: [101, 102],
  },
  {
    name: "import() of a package, and of a file inside",
    value: mapped(
      "async (x) => (await import('esm-pkg')).double(x) + (await import('esm-pkg/sub')).fromSub(x)",
    ),
    gives: ["2sub1", "4sub2"],
  },
  {
    name: "import() of a package with two builds",
    value: mapped("async () => (await import('dual-pkg')).which()", "[0]"),
    gives: ["esm"],
  },
  {
    name: "import() of a CommonJS package",
    value: mapped("async (s) => (await import('cjs-pkg')).default(s)", "['A b']"),
    gives: ["a-b"],
  },
  {
    name: "import() of JSON",
    value: mapped(
      "async () => (await import('./lib/data.json', { with: { type: 'json' } })).default.deep.n",
      "[0]",
    ),
    gives: [7],
  },
  {
    name: "import() in a local file, counted from there",
    cells: [`import { lazily } from "./lib/lazily.ts";`],
    value: mapped("async (x) => lazily(x)"),
    gives: [101, 102],
  },
  {
    name: "import() without the file's ending",
    value: mapped("async (x) => (await import('./lib/lazy')).lazy(x)"),
    gives: [101, 102],
    only: "cell",
  },
  {
    name: "fetch of a data: URL",
    value: mapped("async (x) => (await fetch('data:,n' + x)).text()"),
    gives: ["n1", "n2"],
  },
  {
    name: "crypto.subtle",
    value: mapped(
      "async (s) => Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(s))).toString('hex').slice(0, 8)",
      "['a']",
    ),
    gives: ["ca978112"],
  },
  {
    name: "files of Node's, with await",
    cells: [
      "import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';\nimport { tmpdir } from 'node:os';\nimport { join } from 'node:path';",
    ],
    value: mapped(
      "async (x) => { const folder = await mkdtemp(join(tmpdir(), 'closure-')); await writeFile(join(folder, 'f'), `${x}`); const text = await readFile(join(folder, 'f'), 'utf8'); await rm(folder, { recursive: true }); return text; }",
    ),
    gives: ["1", "2"],
  },
  {
    name: "an async function that throws after an await",
    cells: [
      sleep,
      "async function stumble(x: number): Promise<number> {\n  await later(x);\n  throw new Error('stumbled');\n}\nconst walk = async (x: number) => {\n  return await stumble(x);\n};",
    ],
    value: mapped("walk", "[1]"),
    throwsAt: ["stumble at 2:3:9", "walk at 2:6:10"],
  },
  {
    name: "an async generator that throws",
    cells: [
      "async function* leak(xs: Iterable<number>) {\n  yield 1;\n  for (const x of xs) await (x as any).nothing.more;\n}",
    ],
    value: "await sc.parallelize([1], 1).mapPartitions(leak).collect()",
    throwsAt: ["leak at 1:3:48"],
  },
  {
    name: "an async function for reduce",
    value: "await sc.parallelize([1, 2], 1).reduce(async (a, b) => (await a) + b)",
    refuses: [
      "reduce() was given the async function, but it joins values, and must have its result at once.",
      "Do what has to be awaited before, in map(async (x) => …), and join the results.",
    ],
  },
  {
    name: "an async function for reduceByKey",
    value: "await sc.parallelize([[1, 2]], 1).reduceByKey(async (a, b) => (await a) + b).collect()",
    refuses: [
      "reduceByKey() was given the async function, but it joins values",
      "Do what has to be awaited before",
    ],
  },
];
