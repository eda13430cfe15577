import { type ClosureCase, mapped } from "./closure-case.ts";

/** A value that a variable holds, looked at on an executor. */
function held(name: string, value: string, look: string, gives: unknown): ClosureCase {
  return {
    name,
    cells: [`const held: any = ${value};`],
    value: mapped(`() => ${look}`, "[0]"),
    gives: [gives],
  };
}

/** A value that comes back as it went. */
function whole(name: string, value: string, gives: unknown): ClosureCase {
  return held(name, value, "held", gives);
}

export const valueCases: readonly ClosureCase[] = [
  whole("a number", "42.5", 42.5),
  whole("-0, NaN and the infinities", "[-0, NaN, Infinity, -Infinity]", [-0, NaN, Infinity, -Infinity]),
  whole("null and undefined", "[null, undefined, { a: undefined }]", [null, undefined, { a: undefined }]),
  whole("a bigint", "2n ** 90n", 2n ** 90n),
  whole(
    "text outside ASCII, with a lone surrogate",
    String.raw`"漢字 😀 \ud800 \u2028"`,
    "漢字 😀 \ud800 \u2028",
  ),
  held("a large string", "'ab'.repeat(500_000)", "held.length + held.slice(-2)", "1000000ab"),
  whole("booleans", "[true, false]", [true, false]),
  whole("a Date, also one that is invalid", "[new Date(5), new Date(NaN)]", [new Date(5), new Date(NaN)]),
  held(
    "a RegExp with its flags and lastIndex",
    String.raw`Object.assign(/(?<y>\d{4})-x/giu, { lastIndex: 2 })`,
    "[held.source, held.flags, held.lastIndex, held.exec('ab2024-X').groups.y]",
    [String.raw`(?<y>\d{4})-x`, "giu", 2, "2024"],
  ),
  whole(
    "a Map with keys of every kind",
    "new Map<any, any>([[1, 'a'], ['1', [2]], [null, new Map([[NaN, 1]])]])",
    new Map<unknown, unknown>([
      [1, "a"],
      ["1", [2]],
      [null, new Map([[NaN, 1]])],
    ]),
  ),
  whole("a Set", "new Set([1, '1', null])", new Set([1, "1", null])),
  held(
    "a Map of functions",
    "new Map<any, any>([['up', (s: string) => s.toUpperCase()], ['id', 5]])",
    "held.get('up')('x') + held.get('id')",
    "X5",
  ),
  held(
    "a Map with functions as keys",
    "(() => { const key = () => 1; return { key, map: new Map([[key, 'found']]) }; })()",
    "held.map.get(held.key)",
    "found",
  ),
  held("a Set of functions", "new Set([() => 1, () => 2])", "[...held].map((f) => f())", [1, 2]),
  whole(
    "typed arrays",
    "[Float64Array.of(1.5, -0), Int8Array.of(-1), BigInt64Array.of(5n), Uint8ClampedArray.of(300)]",
    [Float64Array.of(1.5, -0), Int8Array.of(-1), BigInt64Array.of(5n), Uint8ClampedArray.of(255)],
  ),
  held(
    "a view into a longer buffer",
    "new Uint16Array(Uint16Array.of(1, 2, 3, 4).buffer, 2, 2)",
    "[...held]",
    [2, 3],
  ),
  held("a Buffer", "Buffer.from('héllo')", "[Buffer.isBuffer(held), held.toString()]", [true, "héllo"]),
  held(
    "an ArrayBuffer and a DataView",
    "{ buffer: Uint8Array.of(1, 2).buffer, view: new DataView(Uint8Array.of(0, 7).buffer) }",
    "[held.buffer.byteLength, held.view.getUint8(1)]",
    [2, 7],
  ),
  held(
    "an Error with name, message, cause and code",
    "Object.assign(new RangeError('far', { cause: new TypeError('deep') }), { code: 'E_FAR' })",
    "[held instanceof RangeError, held.message, held.cause instanceof TypeError, held.cause.message, held.code, Object.keys(held)]",
    [true, "far", true, "deep", "E_FAR", ["code"]],
  ),
  held(
    "an Error's stack",
    "new Error('here')",
    "held.stack.split('\\n')[0] + (held.stack.split('\\n').length > 1)",
    "Error: heretrue",
  ),
  held(
    "an AggregateError",
    "new AggregateError([new Error('a'), 'b'], 'many')",
    "[held.message, held.errors[0].message, held.errors[1], held instanceof AggregateError]",
    ["many", "a", "b", true],
  ),
  held(
    "an Error with a function",
    "Object.assign(new Error('x'), { retry: () => 'again' })",
    "held.message + held.retry()",
    "xagain",
  ),
  held(
    "a URL and its search parameters",
    "{ url: new URL('https://h:8/p?q=1#f'), params: new URLSearchParams('a=1&a=2') }",
    "[held.url.host, held.url.searchParams.get('q'), held.url instanceof URL, held.params.getAll('a')]",
    ["h:8", "1", true, ["1", "2"]],
  ),
  held(
    "formatters of Intl",
    "{ n: new Intl.NumberFormat('de', { minimumFractionDigits: 2 }), d: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric', month: 'short' }), c: new Intl.Collator('sv'), p: new Intl.PluralRules('en', { type: 'ordinal' }) }",
    "[held.n.format(1234.5), held.d.format(new Date(0)), held.c.compare('z', 'ö') < 0, held.p.select(2)]",
    ["1.234,50", "Jan 1970", true, "two"],
  ),
  held("a TextDecoder", "new TextDecoder('utf-16le')", "held.decode(Uint8Array.of(65, 0))", "A"),
  whole("nested data", "{ a: [{ b: new Map([[1, { c: [undefined, null] }]]) }] }", {
    a: [{ b: new Map([[1, { c: [undefined, null] }]]) }],
  }),
  whole("a sparse array", "[1, , 3]", [1, , 3]), // eslint-disable-line no-sparse-arrays
  held("a sparse array of functions", "[() => 1, , () => 3]", "[held.length, 1 in held, held[2]()]", [
    3,
    false,
    3,
  ]),
  held(
    "an array with properties of its own",
    "Object.assign([1, 2], { total: 3 })",
    "[held.length, held.total]",
    [2, 3],
  ),
  held("what a RegExp found", "'a-12'.match(/(?<n>\\d+)/)", "[held[0], held.index, held.groups.n]", [
    "12",
    2,
    "12",
  ]),
  held(
    "boxed values",
    "[Object(1), Object('s'), Object(2n), Object(true)]",
    "held.map((v) => typeof v + v)",
    ["object1", "objects", "object2", "objecttrue"],
  ),
  held(
    "an object that contains itself",
    "(() => { const o: any = { name: 'loop' }; o.self = o; o.list = [o]; return o; })()",
    "held.self.list[0] === held && held.name",
    "loop",
  ),
  held(
    "a circle through Map, Set and functions",
    "(() => { const o: any = { f: () => o.n, n: 3 }; o.map = new Map([['o', o]]); o.set = new Set([o]); return o; })()",
    "[held.map.get('o') === held, held.set.has(held), held.f()]",
    [true, true, 3],
  ),
  held(
    "one object in two places",
    "(() => { const one = { n: 1 }; return { a: one, b: [one] }; })()",
    "held.a === held.b[0]",
    true,
  ),
  {
    name: "one object in two variables",
    cells: ["const shared = { n: 1 };\nconst first = { shared }; const second = [shared, () => shared];"],
    value: mapped("() => first.shared === second[0] && second[1]() === shared", "[0]"),
    gives: [true],
  },
  held(
    "an object without a prototype",
    "Object.assign(Object.create(null), { a: 1 })",
    "[Object.getPrototypeOf(held), held.a, 'toString' in held]",
    [null, 1, false],
  ),
  held(
    "an object with another as its prototype",
    "Object.create({ hello() { return 'hi ' + this.name; } }, { name: { value: 'x', enumerable: true } })",
    "[held.hello(), Object.keys(held)]",
    ["hi x", ["name"]],
  ),
  held(
    "a frozen object, deep",
    "Object.freeze({ a: Object.freeze([1, 2]) })",
    "[Object.isFrozen(held), Object.isFrozen(held.a), held.a[1]]",
    [true, true, 2],
  ),
  held(
    "sealed objects, and those that can't be extended",
    "[Object.seal({ a: 1 }), Object.preventExtensions({ b: 2 })]",
    "held.map((o) => [Object.isSealed(o), Object.isExtensible(o), Object.isFrozen(o)])",
    [
      [true, false, false],
      [false, false, false],
    ],
  ),
  held(
    "a getter and a setter",
    "{ first: 'a', last: 'b', get full() { return this.first + this.last; }, set full(v) { [this.first, this.last] = v; } }",
    "(held.full = 'xy', [held.full, held.first])",
    ["xy", "x"],
  ),
  held(
    "a getter that uses outer variables",
    "(() => { const unit = 'ms'; let n = 1; return { get text() { return n + unit; } }; })()",
    "held.text",
    "1ms",
  ),
  held(
    "a property that isn't listed",
    "Object.defineProperty({ a: 1 }, 'quiet', { value: 2 })",
    "[held.quiet, Object.keys(held)]",
    [2, ["a"]],
  ),
  held(
    "an iterable object",
    "{ n: 3, *[Symbol.iterator]() { for (let i = 0; i < this.n; i++) yield i; } }",
    "[...held]",
    [0, 1, 2],
  ),
  held(
    "an object with Symbol.toPrimitive",
    "{ [Symbol.toPrimitive](hint: string) { return hint === 'number' ? 7 : 'seven'; } }",
    "[+held, `${held}`]",
    [7, "seven"],
  ),
  held(
    "symbols that are the same everywhere",
    "{ known: Symbol.iterator, named: Symbol.for('app.kind'), [Symbol.for('app.key')]: 1 }",
    "[held.known === Symbol.iterator, held.named === Symbol.for('app.kind'), held[Symbol.for('app.key')]]",
    [true, true, 1],
  ),
  held(
    "a key named __proto__",
    'JSON.parse(\'{"__proto__": 5, "a": 1}\')',
    "[Object.keys(held), held.a, Object.getPrototypeOf(held) === Object.prototype]",
    [["__proto__", "a"], 1, true],
  ),
  held(
    "keys with quotes, dots, newlines and numbers",
    String.raw`{ "a.b": 1, "q\"'": 2, "n\nl": () => 3, 7: 4, "": 5 }`,
    String.raw`[held["a.b"], held["q\"'"], held["n\nl"](), held[7], held[""]]`,
    [1, 2, 3, 4, 5],
  ),
  held(
    "a built-in class and a built-in prototype",
    "{ make: Map, proto: Array.prototype, method: Array.prototype.slice }",
    "[new held.make([[1, 2]]).get(1), held.proto === Array.prototype, held.method.call('abc', 1)]",
    [2, true, ["b", "c"]],
  ),
  held(
    "globalThis and console",
    "{ globe: globalThis, log: console.log }",
    "[held.globe === globalThis, held.log === console.log]",
    [true, true],
  ),
  {
    name: "a let as it is when the action runs",
    cells: ["let rate = 2;\nconst scaled = sc.parallelize([1, 2], 2).map((x) => x * rate);", "rate = 10;"],
    value: "[await scaled.collect(), (rate = 100, await scaled.collect())]",
    gives: [
      [10, 20],
      [100, 200],
    ],
  },
  {
    name: "an object as it is when the action runs",
    cells: [
      "const limits = { max: 1, list: [1] };\nconst limited = sc.parallelize([5, 6], 2).map((x) => Math.min(x, limits.max) + limits.list.length);",
      "limits.max = 6; limits.list.push(2);",
    ],
    value: "await limited.collect()",
    gives: [7, 8],
  },
  {
    name: "values as they are at the call, though they change before the job is done",
    cells: ["let phase = 'before';\nconst phases = sc.parallelize([1], 1).map(() => phase);"],
    value: "await (() => { const job = phases.collect(); phase = 'after'; return job; })()",
    gives: ["before"],
  },
  {
    name: "a var, a let and a const of one block",
    cells: [
      "let getAll: () => number;\n{ var v = 1; let l = 2; const c = 3; getAll = () => v * 100 + l * 10 + c; }",
    ],
    value: mapped("() => getAll()", "[0]"),
    gives: [123],
  },
  {
    name: "what destructuring bound",
    cells: [
      "const { a, b: [b1, ...others], ...rest } = { a: 1, b: [2, 3, 4], c: 5 };\nlet [p, , q = 9] = [7, 8];",
    ],
    value: mapped("() => [a, b1, others, rest, p, q]", "[0]"),
    gives: [[1, 2, [3, 4], { c: 5 }, 7, 9]],
  },
  {
    name: "a variable named as something of Node's",
    cells: ["const path = 'mine'; const url = [1]; const name = 'n'; const process1 = 2;"],
    value: mapped("() => [path, url, name, process1]", "[0]"),
    gives: [["mine", [1], "n", 2]],
  },
  {
    name: "variables named as the worker's own",
    cells: [
      "const setters = 1, evaluate = 2, value = 3, records = 4, arg0 = 5, value_ = 6, module1 = 7, $parent = 8, $impor = 9;",
    ],
    value: mapped("() => [setters, evaluate, value, records, arg0, value_, module1, $parent, $impor]", "[0]"),
    gives: [[1, 2, 3, 4, 5, 6, 7, 8, 9]],
  },
  {
    name: "identifiers outside ASCII",
    cells: ["const größe = 2; const 名前 = 'n'; const $ = 3; const _ = 4;"],
    value: mapped("() => [größe, 名前, $, _]", "[0]"),
    gives: [[2, "n", 3, 4]],
  },
  {
    name: "a list of a hundred thousand links",
    cells: ["const links: any[] = []; for (let i = 0; i < 100_000; i++) links.push({ i, label: `n${i}` });"],
    value: mapped("() => links.length + links[99_999].label", "[0]"),
    gives: ["100000n99999"],
  },
  {
    name: "process.env in a variable is the executor's",
    cells: ["const { env } = process;"],
    value: mapped("() => typeof env.PATH", "[0]"),
    gives: ["string"],
  },
  {
    name: "a broadcast value",
    cells: [
      "class Rule { limit: number; constructor(limit: number) { this.limit = limit; } allows(n: number) { return n < this.limit; } }\nconst rules = sc.broadcast({ list: [new Rule(2)], names: new Map([['a', 1]]) });",
    ],
    value: mapped("(x) => [rules.value.list[0].allows(x), rules.value.names.get('a')]"),
    gives: [
      [true, 1],
      [false, 1],
    ],
  },
  {
    name: "many instances",
    cells: [
      "class Dot { x: number; constructor(x: number) { this.x = x; } }\nconst dots = Array.from({ length: 10_000 }, (_, i) => new Dot(i));",
    ],
    value: mapped("() => dots.length + dots[9_999].x", "[0]"),
    gives: [19_999],
  },
];
