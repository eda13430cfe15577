import { type ClosureCase, mapped } from "./closure-case.ts";

/** Files beside the notebook and the scripts, by path. */
export const moduleFiles: Readonly<Record<string, string>> = {
  "package.json": `{ "type": "module" }`,
  "lib/rates.ts": `import { base } from "./base.ts";
export const rate: number = 3;
export let changing = 1;
export const change = () => { changing += 1; };
const hidden = 10;
export function priced(x: number): number { return x * rate + base + hidden; }
export default class Rate { value: number; constructor(value: number) { this.value = value; } of(x: number): number { return x * this.value + hidden; } }
`,
  "lib/base.ts": `export const base = 100;\nexport function fail(x: number): never {\n  throw new RangeError("base " + x);\n}\n`,
  "lib/plain.js": `const secret = 5;\nexport const plain = (x) => x + secret;\nexport * as again from "./plain.js";\n`,
  "lib/common.cjs": `const os = require("node:os");\nconst inner = { n: 2 };\nfunction own(x) { return x * inner.n; }\nexports.own = own;\nexports.viaExports = (x) => exports.own(x) + 1;\nexports.viaModule = (x) => module.exports.own(x) + 2;\nexports.viaRequire = () => typeof require("node:path").join + typeof os.cpus;\nexports.sloppy = function () { return typeof this; };\nexports.file = () => __filename.endsWith("common.cjs");\n`,
  "lib/data.json": `{ "hosts": ["a", "b"], "deep": { "n": 7 } }`,
  "lib/lazy.ts": `import { base } from "./base.ts";\nexport const lazy = (x: number): number => x + base;\n`,
  "lib/lazily.ts": `export async function lazily(x: number): Promise<number> {\n  const { lazy } = await import("./lazy.ts");\n  return lazy(x);\n}\n`,
  "lib/circle-a.ts": `import { b } from "./circle-b.ts";\nexport const a = (n: number): number => (n === 0 ? 1 : b(n - 1) * 2);\n`,
  "lib/circle-b.ts": `import { a } from "./circle-a.ts";\nexport const b = (n: number): number => (n === 0 ? 3 : a(n - 1) + 1);\n`,
  "node_modules/esm-pkg/package.json": `{ "name": "esm-pkg", "version": "1.0.0", "type": "module", "exports": { ".": "./index.js", "./sub": "./sub.js" } }`,
  "node_modules/esm-pkg/index.js": `import { deep } from "./internal.js";\nexport { deep } from "./internal.js";\nconst state = new WeakMap();\nexport class Store { constructor(n) { state.set(this, n); } get() { return state.get(this) + 1; } }\nexport const double = (x) => x * 2;\nexport const settings = { unit: "ms", format(x) { return x + this.unit; } };\nexport const makeAdder = (n) => (x) => deep(x) + n;\nexport default function main(x) { return "main" + x; }\n`,
  "node_modules/esm-pkg/internal.js": `export function deep(x) {\n  if (x === "boom") throw new TypeError("deep boom");\n  return x + 0.5;\n}\n`,
  "node_modules/esm-pkg/sub.js": `export const fromSub = (x) => "sub" + x;\n`,
  "node_modules/cjs-pkg/package.json": `{ "name": "cjs-pkg", "version": "1.0.0", "main": "./main.js" }`,
  "node_modules/cjs-pkg/main.js": `const cache = new Map();\nmodule.exports = function slug(text) { if (!cache.has(text)) cache.set(text, text.toLowerCase().replace(/\\W+/g, "-")); return cache.get(text); };\nmodule.exports.lib = require("./lib/parts");\n`,
  "node_modules/cjs-pkg/lib/parts.js": `exports.head = (text) => text[0];\nexports.Part = class Part { constructor(s) { this.s = s; } show() { return "[" + this.s + "]"; } };\n`,
  "node_modules/dual-pkg/package.json": `{ "name": "dual-pkg", "version": "1.0.0", "exports": { "import": "./index.mjs", "require": "./index.cjs" } }`,
  "node_modules/dual-pkg/index.mjs": `export const which = () => "esm";\nconst key = Symbol("private");\nexport class Dual { constructor() { this[key] = 1; } ok() { return this[key]; } }\n`,
  "node_modules/dual-pkg/index.cjs": `exports.which = () => "cjs";\n`,
  "node_modules/@scope/tool/package.json": `{ "name": "@scope/tool", "version": "1.0.0", "main": "index.js" }`,
  "node_modules/@scope/tool/index.js": `const slug = require("cjs-pkg");\nexports.tool = (x) => "tool:" + slug(x);\n`,
};

export const moduleCases: readonly ClosureCase[] = [
  {
    name: "a function of a local TypeScript file, which imports another",
    cells: [`import { priced } from "./lib/rates.ts";`],
    value: mapped("(x) => priced(x)"),
    gives: [113, 116],
  },
  {
    name: "a function of a local file itself",
    cells: [`import { priced } from "./lib/rates.ts";`],
    value: mapped("priced"),
    gives: [113, 116],
  },
  {
    name: "the default export of a local file, and an instance of it",
    cells: [`import Rate from "./lib/rates.ts";\nconst seven = new Rate(7);`],
    value: mapped("(x) => [new Rate(2).of(x), seven.of(x)]"),
    gives: [
      [12, 17],
      [14, 24],
    ],
  },
  {
    name: "a local file as a namespace",
    cells: [`import * as rates from "./lib/rates.ts";`],
    value: mapped("(x) => rates.priced(x) + rates.rate + Object.keys(rates).length"),
    gives: [121, 124],
  },
  {
    name: "a local file's export as it is now",
    cells: [
      `import { change } from "./lib/rates.ts";\nchange();`,
      `import { changing } from "./lib/rates.ts";`,
    ],
    value: mapped("() => changing >= 2", "[0]"),
    gives: [true],
  },
  {
    name: "a local JavaScript file that exports itself",
    cells: [`import { plain, again } from "./lib/plain.js";`],
    value: mapped("(x) => plain(x) + again.plain(x)"),
    gives: [12, 14],
  },
  {
    name: "a CommonJS file",
    cells: [`import common from "./lib/common.cjs";`],
    value: mapped(
      "(x) => [common.own(x), common.viaExports(x), common.viaModule(x), common.viaRequire(), common.file()]",
    ),
    gives: [
      [2, 3, 4, "functionfunction", true],
      [4, 5, 6, "functionfunction", true],
    ],
  },
  {
    name: "sloppy functions of CommonJS",
    cells: [`import common from "./lib/common.cjs";\nconst { sloppy } = common;`],
    value: mapped("() => sloppy()", "[0]"),
    gives: ["object"],
  },
  {
    name: "a JSON file",
    cells: [`import data from "./lib/data.json" with { type: "json" };`],
    value: mapped("(x) => data.hosts[x - 1] + data.deep.n"),
    gives: ["a7", "b7"],
  },
  {
    name: "local files that import each other",
    cells: [`import { a } from "./lib/circle-a.ts";`],
    value: mapped("(n) => a(n)", "[0, 3]"),
    gives: [1, 14],
  },
  {
    name: "a named export of an ES module package",
    cells: [`import { double, Store } from "esm-pkg";`],
    value: mapped("(x) => double(x) + new Store(x).get()"),
    gives: [4, 7],
  },
  {
    name: "the default export of an ES module package",
    cells: [`import main from "esm-pkg";`],
    value: mapped("(x) => main(x)"),
    gives: ["main1", "main2"],
  },
  {
    name: "an ES module package as a namespace",
    cells: [`import * as esm from "esm-pkg";`],
    value: mapped("(x) => esm.double(x) + esm.default(x)"),
    gives: ["2main1", "4main2"],
  },
  {
    name: "a renamed import, and one from inside of a package",
    cells: [`import { double as twice, deep } from "esm-pkg";\nimport { fromSub } from "esm-pkg/sub";`],
    value: mapped("(x) => twice(x) + fromSub(deep(x))"),
    gives: ["2sub1.5", "4sub2.5"],
  },
  {
    name: "an object that a package exports",
    cells: [`import { settings } from "esm-pkg";`],
    value: mapped("(x) => settings.format(x)"),
    gives: ["1ms", "2ms"],
  },
  {
    name: "a closure that a package made",
    cells: [`import { makeAdder } from "esm-pkg";\nconst add = makeAdder(10);`],
    value: mapped("(x) => add(x)"),
    gives: [11.5, 12.5],
  },
  {
    name: "a CommonJS package that is a function",
    cells: [`import slug from "cjs-pkg";`],
    value: mapped("(s) => slug(s)", "['A b', 'C!d']"),
    gives: ["a-b", "c-d"],
  },
  {
    name: "a CommonJS package given to map itself",
    cells: [`import slug from "cjs-pkg";`],
    value: mapped("slug", "['A b', 'C!d']"),
    gives: ["a-b", "c-d"],
  },
  {
    name: "an inner file's class of a CommonJS package, and an instance",
    cells: [`import slug from "cjs-pkg";\nconst part = new slug.lib.Part("x");`],
    value: mapped("(x) => [new slug.lib.Part(x).show(), part.show(), slug.lib.head('hey')]"),
    gives: [
      ["[1]", "[x]", "h"],
      ["[2]", "[x]", "h"],
    ],
  },
  {
    name: "a package with a scope, which needs another",
    cells: [`import { tool } from "@scope/tool";`],
    value: mapped("(s) => tool(s)", "['A b', 'C d']"),
    gives: ["tool:a-b", "tool:c-d"],
  },
  {
    name: "a package with one build for import and one for require",
    cells: [`import { which, Dual } from "dual-pkg";`],
    value: mapped("() => which() + new Dual().ok()", "[0]"),
    gives: ["esm1"],
  },
  {
    name: "modules of Node's: default, namespace and named",
    cells: [
      `import path from "node:path";\nimport * as url from "node:url";\nimport { createHash } from "node:crypto";\nimport { inspect } from "util";`,
    ],
    value: mapped(
      "(s) => [path.extname(s), url.pathToFileURL(s).href, createHash('md5').update(s).digest('hex').length, inspect(s)]",
      "['/a.ts']",
    ),
    gives: [[".ts", "file:///a.ts", 32, "'/a.ts'"]],
  },
  {
    name: "require in a cell",
    cells: [`const slug2 = require("cjs-pkg");`],
    script: [
      `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst slug2 = require("cjs-pkg");`,
    ],
    value: mapped(
      "(s) => slug2(s) + require('cjs-pkg')(s) + require('node:path').basename('/x/y')",
      "['A b']",
    ),
    gives: ["a-ba-by"],
  },
  {
    name: "a package of the project's own",
    cells: [`import { tableFromArrays } from "apache-arrow";`],
    script: [`import { tableFromArrays } from "apache-arrow";`],
    value: mapped("(x) => tableFromArrays({ n: [x, 2] }).numRows"),
    gives: [2, 2],
    only: "cell",
  },
];
