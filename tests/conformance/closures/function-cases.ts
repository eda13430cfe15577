import { type ClosureCase, mapped } from "./closure-case.ts";

export const functionCases: readonly ClosureCase[] = [
  { name: "an arrow function", value: mapped("(x) => x + 1"), gives: [2, 3] },
  {
    name: "an arrow function with a body",
    value: mapped("(x) => { const y = x * 2; return y + 1; }"),
    gives: [3, 5],
  },
  {
    name: "an arrow function that gives an object",
    value: mapped("(x) => ({ x })"),
    gives: [{ x: 1 }, { x: 2 }],
  },
  { name: "a function expression", value: mapped("function (x) { return -x; }"), gives: [-1, -2] },
  {
    name: "a function declaration",
    cells: ["function twice(x: number): number { return x * 2; }"],
    value: mapped("twice"),
    gives: [2, 4],
  },
  {
    name: "a function declaration that an arrow function calls",
    cells: ["function twice(x: number): number { return x * 2; }"],
    value: mapped("(x) => twice(x) + 1"),
    gives: [3, 5],
  },
  {
    name: "functions that call functions, five deep",
    cells: [
      "const a = (x: number) => x + 1;\nconst b = (x: number) => a(x) * 2;\nconst c = (x: number) => b(x) - 3;",
      "function d(x: number) { return c(x) ** 2; }\nconst e = (x: number) => d(x) + a(x);",
    ],
    value: mapped("(x) => e(x)"),
    gives: [3, 12],
  },
  {
    name: "a named function expression that calls itself",
    value: mapped("function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }", "[5, 6]"),
    gives: [120, 720],
  },
  {
    name: "recursion through the variable",
    cells: ["const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));"],
    value: mapped("fib", "[10, 15]"),
    gives: [55, 610],
  },
  {
    name: "functions that call each other",
    cells: [
      "function isEven(n: number): boolean { return n === 0 || isOdd(n - 1); }\nfunction isOdd(n: number): boolean { return n !== 0 && isEven(n - 1); }",
    ],
    value: mapped("(n) => isEven(n)", "[10, 7]"),
    gives: [true, false],
  },
  {
    name: "three functions in a circle",
    cells: [
      "const one = (n: number): string => (n <= 0 ? 'one' : two(n - 1));",
      "const two = (n: number): string => (n <= 0 ? 'two' : three(n - 1));\nconst three = (n: number): string => (n <= 0 ? 'three' : one(n - 1));",
    ],
    value: mapped("(n) => one(n)", "[4, 5]"),
    gives: ["two", "three"],
  },
  {
    name: "default parameters that use outer variables",
    cells: ["const base = 10;"],
    value: mapped("(x, y = base, z = x + y) => z"),
    gives: [11, 12],
  },
  { name: "rest parameters and spread", value: mapped("(...all) => Math.max(...all, 0)"), gives: [1, 2] },
  {
    name: "destructured parameters with defaults and computed keys",
    cells: ["const key = 'b'; const missing = 7;"],
    value: mapped(
      "({ a, [key]: b, c: [first = missing, ...rest] = [], ...others }) => [a, b, first, rest.length, Object.keys(others)]",
      "[{ a: 1, b: 2, c: [3, 4, 5], d: 6 }, { a: 1 }]",
    ),
    gives: [
      [1, 2, 3, 2, ["d"]],
      [1, undefined, 7, 0, []],
    ],
  },
  {
    name: "its own arguments",
    value: mapped("function () { return arguments.length + arguments[0]; }"),
    gives: [2, 3],
  },
  {
    name: "its own this, which is undefined",
    value: mapped("function () { return typeof this; }"),
    gives: ["undefined", "undefined"],
  },
  {
    name: "optional chaining and ??",
    cells: ["const config: { limit?: { max?: number } } = {};"],
    value: mapped("(x) => config?.limit?.max ?? x.deep?.[0]?.() ?? 'none'", "[{}, { deep: [] }]"),
    gives: ["none", "none"],
  },
  {
    name: "logical assignment and exponents",
    value: mapped("(x) => { let y = null; y ??= x; y &&= y ** 2; return y; }"),
    gives: [1, 4],
  },
  {
    name: "loops, labels, switch and try",
    value: mapped(`(n) => {
      const seen = [];
      outer: for (let i = 0; ; i++) {
        for (const j of [1, 2, 3]) {
          switch (j) {
            case 2: continue outer;
            default: seen.push(i + j);
          }
          if (i >= n) break outer;
        }
      }
      try { null.x; } catch { seen.push("caught"); } finally { seen.push("end"); }
      return seen;
    }`),
    gives: [
      [1, 2, "caught", "end"],
      [1, 2, 3, "caught", "end"],
    ],
  },
  {
    name: "variables that shadow outer ones",
    cells: ["const shade = 1;"],
    value: mapped(
      "(x) => { const inner = () => { const shade = 10; return shade; }; return inner() + shade + x; }",
    ),
    gives: [12, 13],
  },
  {
    name: "var hoisted out of a block",
    value: mapped("(x) => { if (x > 1) { var y = x; } return y ?? 'not set'; }"),
    gives: ["not set", 2],
  },
  {
    name: "a function that is used before its declaration",
    value: mapped("(x) => { return later(x); function later(y) { return y * 3; } }"),
    gives: [3, 6],
  },
  {
    name: "a template literal with odd contents",
    cells: ["const tick = '`';"],
    value: mapped(
      String.raw`(x) => ${"`"}$ {x} \${x} ${"${tick}"} \u{1F600} ${"${`in ${x}`}"} // no comment${"`"}`,
    ),
    gives: ["$ {x} ${x} ` 😀 in 1 // no comment", "$ {x} ${x} ` 😀 in 2 // no comment"],
  },
  {
    name: "a tagged template",
    cells: [
      "const tag = (parts: TemplateStringsArray, ...values: unknown[]) => parts.raw.join('|') + values.length;",
    ],
    value: mapped("(x) => tag`a\\n${x}b`"),
    gives: ["a\\n|b1", "a\\n|b1"],
  },
  {
    name: "a regular expression with slashes, quotes and braces",
    value: mapped(
      String.raw`(s) => s.replace(/[/"'}]|\/\*|(?<word>\w+)\)/gu, "<$<word>>")`,
      String.raw`["a/b\"", "x) }"]`,
    ),
    gives: ["a<>b<>", "<x> <>"],
  },
  {
    name: "strings with line separators and closing tags",
    value: mapped(String.raw`(x) => "\u2028</script>\u0000" + '\x27' + x`),
    gives: ["\u2028</script>\u0000'1", "\u2028</script>\u0000'2"],
  },
  { name: "comments that look like code", value: mapped("(x) => /* => { ( */ x // }\n + 1"), gives: [2, 3] },
  {
    name: "a method of an object",
    cells: ["const tools = { half(x: number) { return x / 2; } };"],
    value: mapped("tools.half"),
    gives: [0.5, 1],
  },
  {
    name: "a method that uses its object, called on it",
    cells: ["const scale = { by: 10, apply(x: number) { return x * this.by; } };"],
    value: mapped("(x) => scale.apply(x)"),
    gives: [10, 20],
  },
  {
    name: "methods with computed, quoted and odd names",
    cells: [
      "const part = 'x';\nconst odd = { [part + '1'](n: number) { return n; }, 'a b'(n: number) { return n * 2; }, 3(n: number) { return n * 3; }, get(n: number) { return n * 4; }, async(n: number) { return n * 5; } };",
    ],
    value: mapped("(n) => [odd.x1(n), odd['a b'](n), odd[3](n), odd.get(n), odd.async(n)]"),
    gives: [
      [1, 2, 3, 4, 5],
      [2, 4, 6, 8, 10],
    ],
  },
  {
    name: "a method taken from its object under a computed name",
    cells: ["const word = 'shout';\nconst voice = { [word](x: number) { return `${x}!`; } };"],
    value: mapped("voice[word]"),
    gives: ["1!", "2!"],
  },
  {
    name: "a function with properties of its own",
    cells: ["function counted(x: number) { return x + counted.offset; }\ncounted.offset = 100;"],
    value: mapped("(x) => counted(x)"),
    gives: [101, 102],
  },
  {
    name: "a function's name",
    cells: ["const named = (x: number) => x;"],
    value: mapped("(x) => named.name + named.length"),
    gives: ["named1", "named1"],
  },
  {
    name: "a closure made by a factory",
    cells: ["function adder(n: number) { return (x: number) => x + n; }"],
    value: mapped("adder(5)"),
    gives: [6, 7],
  },
  {
    name: "closures of one factory, each with its own value",
    cells: ["const adders = [1, 10, 100].map((n) => (x: number) => x + n);"],
    value: mapped("(x) => adders.map((add) => add(x))"),
    gives: [
      [2, 11, 101],
      [3, 12, 102],
    ],
  },
  {
    name: "closures made in a loop, each with its round's variable",
    cells: ["const rounds: (() => number)[] = [];\nfor (let i = 0; i < 3; i++) rounds.push(() => i);"],
    value: mapped("(x) => rounds.map((f) => f() * x)"),
    gives: [
      [0, 1, 2],
      [0, 2, 4],
    ],
  },
  {
    name: "variables of every depth",
    cells: [
      "const outer = 1;\nfunction level1(a: number) { const b = a + 1; return function level2(c: number) { let d = c + b; { const e = d + 1; return (x: number) => [outer, a, b, c, d, e, x]; } }; }",
    ],
    value: mapped("level1(2)(4)"),
    gives: [
      [1, 2, 3, 4, 7, 8, 1],
      [1, 2, 3, 4, 7, 8, 2],
    ],
  },
  {
    name: "a curried function",
    cells: ["const curry = (a: number) => (b: number) => (c: number) => a * 100 + b * 10 + c;"],
    value: mapped("(x) => curry(x)(2)(3)"),
    gives: [123, 223],
  },
  {
    name: "a composed function",
    cells: [
      "const compose = (...fs: ((x: number) => number)[]) => (x: number) => fs.reduce((y, f) => f(y), x);",
    ],
    value: mapped("compose((x) => x + 1, (x) => x * 2)"),
    gives: [4, 6],
  },
  {
    name: "a memoised function, whose table stays within the partition",
    cells: [
      "const table = new Map<number, number>();\nlet misses = 0;\nfunction slow(n: number) { let v = table.get(n); if (v === undefined) { misses++; table.set(n, (v = n * n)); } return [v, misses]; }",
    ],
    value: "await sc.parallelize([3, 3, 3, 4], 1).map((n) => slow(n)).collect()",
    gives: [
      [9, 1],
      [9, 1],
      [9, 1],
      [16, 2],
    ],
  },
  {
    name: "a counter that two functions have in common",
    cells: ["let ticks = 0;\nconst tick = () => { ticks += 1; };\nconst read = () => ticks;"],
    value: "await sc.parallelize([1, 2, 3], 1).map(() => { tick(); return read(); }).collect()",
    gives: [1, 2, 3],
  },
  {
    name: "a counter in a factory's functions, and another of the same factory",
    cells: [
      "function counter() { let n = 0; return { up: () => { n++; }, get: () => n }; }\nconst left = counter();\nconst right = counter();",
    ],
    value:
      "await sc.parallelize([1, 2], 1).map(() => { left.up(); left.up(); right.up(); return [left.get(), right.get()]; }).collect()",
    gives: [
      [2, 1],
      [4, 2],
    ],
  },
  {
    name: "a variable that changes on the executors stays as it is here",
    cells: ["let total = 0;"],
    value: "[await sc.parallelize([1, 2], 1).map((x) => (total += x)).collect(), total]",
    gives: [[1, 3], 0],
  },
  {
    name: "a generator function for mapPartitions",
    cells: [
      "function* pairs(items: Iterable<number>) { let before = 0; for (const item of items) { yield before + item; before = item; } }",
    ],
    value: "await sc.parallelize([1, 2, 3, 4], 2).mapPartitions(pairs).collect()",
    gives: [1, 3, 3, 7],
  },
  {
    name: "a generator function for flatMap, with yield*",
    cells: [
      "const upTo = function* (n: number): Generator<number> { if (n > 0) { yield* upTo(n - 1); yield n; } };",
    ],
    value: "await sc.parallelize([2, 3], 2).flatMap((n) => upTo(n)).collect()",
    gives: [1, 2, 1, 2, 3],
  },
  {
    name: "a generator method of an object",
    cells: [
      "const source = { size: 2, *items(x: number) { for (let i = 0; i < this.size; i++) yield x * 10 + i; } };",
    ],
    value: "await sc.parallelize([1, 2], 2).flatMap((x) => source.items(x)).collect()",
    gives: [10, 11, 20, 21],
  },
  {
    name: "a function out of an array, and out of a Map",
    cells: [
      "const steps = [(x: number) => x + 1, (x: number) => x * 10];\nconst byName = new Map([['neg', (x: number) => -x]]);",
    ],
    value: mapped("(x) => byName.get('neg')(steps[1](steps[0](x)))"),
    gives: [-20, -30],
  },
  {
    name: "functions of several operations",
    cells: ["const floor = 2; const factor = 3;"],
    value:
      "await sc.parallelize([1, 2, 3, 4], 2).filter((x) => x >= floor).map((x) => [x % 2, x * factor]).reduceByKey((a, b) => a + b + floor - 2).mapValues((v) => v - factor).collect().then((rows) => rows.sort((a, b) => a[0] - b[0]))",
    gives: [
      [0, 15],
      [1, 6],
    ],
  },
  { name: "a built-in function itself", value: mapped("Number", "['1', '2.5']"), gives: [1, 2.5] },
  { name: "a built-in method itself", value: mapped("JSON.parse", "['[1]', '{}']"), gives: [[1], {}] },
  {
    name: "a built-in function in a variable",
    cells: ["const { max, PI } = Math;\nconst parse = parseInt;"],
    value: mapped("(x) => max(parse(x), PI)", "['1', '20']"),
    gives: [Math.PI, 20],
  },
  {
    name: "new Function, which sees globals only",
    cells: ["const made = new Function('x', 'return Math.abs(x) + 1') as (x: number) => number;"],
    value: mapped("(x) => made(-x)"),
    gives: [2, 3],
  },
  {
    name: "a name under typeof that is nowhere",
    value: mapped("() => typeof nowhereAtAll"),
    gives: ["undefined", "undefined"],
  },
  {
    name: "process.env and globals of the executor",
    value: mapped("() => typeof process.env.PATH + typeof setTimeout + (globalThis === global)"),
    gives: ["stringfunctiontrue", "stringfunctiontrue"],
  },
  {
    name: "the same function twice",
    cells: ["const inc = (x: number) => x + 1;"],
    value: "await sc.parallelize([1, 2], 2).map(inc).map(inc).map((x) => inc(x)).collect()",
    gives: [4, 5],
  },
];
