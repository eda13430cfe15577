import { afterEach, describe, expect, test } from "vitest";
import { assignable } from "./cell-constants.ts";
import { CELL_SUPPORT } from "./import-code.ts";
import { readBinding } from "../execution/read-binding.ts";
import { CellSyntaxError } from "./cell-syntax-error.ts";
import { locate, asWritten } from "./cell-sources.ts";
import { compileCell } from "./compile-cell.ts";

const scope = globalThis as unknown as Record<string, any>;
scope[CELL_SUPPORT] = { assignable, binding: readBinding, meta: { url: "file:///notebook.ts" } };
let count = 0;
let cleanup: string[] = [];

/** Runs cells one after the other; the value of the last one. */
async function run(...cells: string[]): Promise<any> {
  let value: unknown;
  for (const source of cells) {
    const cell = compileCell(source, `Cell [${++count}]`);
    value = await cell.run();
    if (!cell.showsValue) value = "(nothing shown)";
  }
  return value;
}

afterEach(() => {
  for (const name of cleanup) delete scope[name];
  cleanup = [];
});

describe("top-level names outlive their cell", () => {
  test.each([
    ["let", "let a1: number = 1", "a1", 1],
    ["const", "const a2 = 2 as const", "a2", 2],
    ["var", "var a3 = 3", "a3", 3],
    ["several", "let a4 = 4, b4 = 5", "a4 + b4", 9],
    ["without a value", "let a5: string", "typeof a5", "undefined"],
    ["function", "function a6(x: number) { return x + 1 }", "a6(1)", 2],
    ["async function", "async function a7() { return 7 }", "await a7()", 7],
    ["generator", "function* a8() { yield 8 }", "[...a8()]", [8]],
    ["class", "class A9<T> { constructor(public x: T) {} }", "new A9(9).x", 9],
    ["abstract class", "abstract class A10 { static x = 10 }", "A10.x", 10],
    ["enum", "enum A11 { X, Y = 5 }", "A11.Y + A11[0]", "5X"],
    ["const enum", "const enum A12 { X = 12 }", "A12.X", 12],
    ["namespace", "namespace A13 { export const x = 13 }", "A13.x", 13],
    ["exported", "export const a14 = 14; export function f14() { return a14 }", "f14()", 14],
    [
      "object pattern",
      "const { a15, b: { c15 }, ...r15 } = { a15: 1, b: { c15: 2 }, d: 3 }",
      "[a15, c15, r15.d]",
      [1, 2, 3],
    ],
    [
      "array pattern",
      "let [a16, , b16 = 3, ...r16] = [1, 2, undefined, 4, 5]",
      "[a16, b16, r16]",
      [1, 3, [4, 5]],
    ],
    ["var in a loop", "for (var a17 = 0; a17 < 3; a17++) {}", "a17", 3],
  ])("%s, with and without await", async (_, declaration, use, value) => {
    expect(await run(declaration, use)).toEqual(value);
    expect(await run(`await null; ${declaration}`, use)).toEqual(value);
  });

  test("names of an awaited value", async () => {
    expect(await run("const { b1, ...b2 } = await Promise.resolve({ b1: 1, x: 2 })", "[b1, b2]")).toEqual([
      1,
      { x: 2 },
    ]);
    expect(
      await run(
        "await null; for (var b3 of [1, 2]) ; for (var b4 in { k: 1 }) ; if (b3) { var b5 = 5, b6 }",
        "[b3, b4, b5, b6]",
      ),
    ).toEqual([2, "k", 5, undefined]);
    expect(await run("for await (const x of [Promise.resolve(1)]) var b7 = x", "b7")).toBe(1);
  });

  test("names of blocks and loops stay in them", async () => {
    await run("{ let c1 = 1; const c2 = 2 } for (let c3 = 0; c3 < 1; c3++);");
    expect(await run("[typeof c1, typeof c2, typeof c3]")).toEqual(["undefined", "undefined", "undefined"]);
  });

  test("functions are there before their line, also in a cell that awaits", async () => {
    expect(await run("const d1 = d2(); function d2() { return 2 }", "d1")).toBe(2);
    expect(await run("const d3 = await d4(); async function d4() { return 4 }", "d3")).toBe(4);
  });

  test("a function calls the latest version of another", async () => {
    await run(
      "function e1() { return 1 } function e2() { return e1() }",
      "await null; function e1() { return 2 }",
    );
    expect(await run("e2()")).toBe(2);
  });
});

describe("declared again", () => {
  test.each([
    ["const by const", "const g1 = 1", "const g1 = 2", "g1", 2],
    ["const by class", "const G2 = 1", "class G2 { static x = 2 }", "G2.x", 2],
    ["class by class", "class G3 { static x = 1 }", "class G3 { static x = 3 }", "G3.x", 3],
    ["class by function", "class G4 {}", "function G4() { return 4 }", "G4()", 4],
    ["function by let", "function g5() {}", "let g5 = 5", "g5", 5],
    ["let without a value", "let g6 = 6", "let g6", "g6", undefined],
    ["enum by a smaller enum", "enum G7 { A, B }", "enum G7 { C }", "Object.keys(G7)", ["0", "C"]],
    ["enum by let", "enum G8 { A }", "let G8 = 8", "G8", 8],
  ])("%s, with and without await", async (_, first, second, use, value) => {
    expect(await run(first, second, use)).toEqual(value);
    expect(await run(`await null; ${first}`, `await null; ${second}`, use)).toEqual(value);
  });

  test("parts of one enum in one cell meet", async () => {
    expect(await run("enum H1 { A = 1 }\nenum H1 { B = 2 }", "[H1.A, H1.B]")).toEqual([1, 2]);
  });

  test("a global that is computed on first use gives way", async () => {
    cleanup.push("lazy1");
    Object.defineProperty(scope, "lazy1", {
      configurable: true,
      get: () => "lazy",
      set(value) {
        Object.defineProperty(scope, "lazy1", { configurable: true, writable: true, value });
      },
    });
    expect(await run("lazy1")).toBe("lazy");
    expect(await run("const lazy1 = 1", "lazy1")).toBe(1);
  });
});

describe("the value of a cell", () => {
  test.each([
    ["an expression", "1 + 1", 2],
    ["an expression with a comment after it", "1 + 1 // two", 2],
    ["an expression and empty statements", "1 + 1;;", 2],
    ["an awaited expression", "await Promise.resolve(3)", 3],
    ["a promise", "Promise.resolve(4)", 4],
    ["an object in parentheses", "({ a: 5 })", { a: 5 }],
    ["a string that looks like a directive", '"use strict"', "use strict"],
    ["a string alone, in a cell that awaits", 'await null; "text"', "text"],
    ["a call over several lines", "[1, 2]\n  .map((x: number) => x * 2)", [2, 4]],
    ["a satisfies expression", "6 satisfies number", 6],
    ["a type assertion", "<any>7", 7],
    ["a default export", "export default 8", 8],
    ["import.meta", "import.meta.url", "file:///notebook.ts"],
    ["import.meta after await", "await null; import.meta.url", "file:///notebook.ts"],
    ["undefined", "undefined", undefined],
  ])("is that of %s", async (_, source, value) => {
    expect(await run(source)).toEqual(value);
  });

  test.each([
    "const i1 = 1",
    "1; const i2 = 2",
    "let i3; i3 = 3",
    "if (true) 1",
    "function i4() {}",
    "1; type T = 1",
    "await null; const i5 = 1",
    "",
    "// only a comment",
    "interface I {}",
  ])("isn't shown for %j", async (source) => {
    if (source === "1; type T = 1") expect(await run(source)).toBe(1);
    else expect(await run(source)).toBe("(nothing shown)");
  });
});

describe("imports", () => {
  test.each([
    ["named", 'import { join as j1 } from "node:path"', 'j1("a", "b")', "a/b"],
    ["default", 'import j2 from "node:path"', 'j2.basename("x/y")', "y"],
    ["namespace", 'import * as j3 from "node:path"', 'j3.extname("x.ts")', ".ts"],
    ["default and named", 'import j4, { sep as j5 } from "node:path"', "j4.sep === j5", true],
    ["CommonJS names", 'import { sum as j6 } from "lodash"', "j6([1, 2])", 3],
    [
      "types are left out",
      'import type { X } from "nowhere"; import { type Y, EOL as j7 } from "node:os"',
      "j7",
      "\n",
    ],
    ["dynamic", 'const { join: j8 } = await import("node:path")', 'j8("a")', "a"],
    [
      "used in the same cell before its line",
      'const k9 = j9("a", "b"); import { join as j9 } from "node:path"',
      "k9",
      "a/b",
    ],
  ])("%s", async (_, source, use, value) => {
    expect(await run(source, use)).toEqual(value);
  });

  test("a name that isn't exported is refused, with what to do if it is a type", async () => {
    await expect(run('import { nope } from "node:path"')).rejects.toThrow(
      'The module "node:path" has no export named `nope`.\nIf it is a type, write: import type { nope } from "node:path"',
    );
  });
});

describe("syntax errors run nothing and know their place", () => {
  test.each([
    ["let x = ;", 1, 9],
    ['globalThis.ran = 1;\nconst s = "é𝒳"; let y = )', 2, 26],
    ["const enum {", 1, 12],
    ["for (;;) {}\nbreak", 2, 1],
    ["const q1 = 1;\nfunction f() { let a; let a; }", 2, 27],
    ["new.target", 1, 1],
  ])("%j", (source, line, column) => {
    let error: unknown;
    try {
      compileCell(source, `Cell [${++count}]`);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CellSyntaxError);
    expect({ line: (error as CellSyntaxError).line, column: (error as CellSyntaxError).column }).toEqual({
      line,
      column,
    });
    expect(scope.ran).toBeUndefined();
  });
});

describe("syntax that cells don't have is named, with what to do", () => {
  test.each([
    ["let a = 1;\n@dec class A { @dec m() {} }", "Decorators aren't supported yet.\nCall the function", 2, 1],
    ["class A {\n  @log() x = 1\n}", "Decorators aren't supported yet.\nCall the function", 2, 3],
    ["<div>hi</div>", "JSX isn't supported in cells.\nShow HTML with a template", 1, 1],
    ["const é = 1;\nconst b = <><i/></>;", "JSX isn't supported in cells.\nShow HTML with a template", 2, 11],
    ["const a = <b>c; )", "Unexpected token", 1, 17],
  ])("%j", (source, message, line, column) => {
    let error: unknown;
    try {
      compileCell(source, `Cell [${++count}]`);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CellSyntaxError);
    expect(error).toMatchObject({ line, column, message: expect.stringContaining(message) });
  });

  test("an @ in a text or a comment is none", async () => {
    expect(await run('"me@example.org" /* @see {@link x} */')).toBe("me@example.org");
  });
});

describe("positions in stacks are the user's", () => {
  test.each([
    ["a plain throw", "\n\n  throw new Error('x')", 3, 9],
    ["after types", "interface A {\n  b: number;\n}\nconst k1: A = { b: 1 }; (null as any).foo", 4, 39],
    ["after an enum", "enum K2 { A, B }\nnull!.foo", 2, 7],
    ["in a method", "class K3<T> {\n  m(x: T): void {\n    (x as any).a.b\n  }\n}\nnew K3().m({})", 3, 18],
    ["in an arrow", "const k4 = (x: number) => {\n  throw new Error('x')\n}\nk4(1)", 2, 9],
    ["after await", "await null\nthrow new Error('x')", 2, 7],
    [
      "in a function of a cell that awaits",
      "await null\nfunction k5() {\n  throw new Error('x')\n}\nk5()",
      3,
      9,
    ],
    ["after an import", 'import { sep as k6 } from "node:path"\nthrow new Error(k6)', 2, 7],
    ["behind characters of two units", "const k7 = '𝒳é'; throw new Error('x')", 1, 25],
  ])("%s", async (_, source, line, column) => {
    const url = `Cell [${count + 1}]`;
    const error: Error = await run(source).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    const frame = /Cell \[\d+\]:(\d+):(\d+)/.exec(error.stack!)!;
    expect(locate(url, Number(frame[1]), Number(frame[2]))).toEqual({ line, column });
    expect(asWritten(error.stack!)).toContain(`${url}, line ${line}:${column}`);
  });

  test("positions of unknown cells stay as they are", () => {
    expect(asWritten("at f (Cell [unknown]:1:2)")).toBe("at f (Cell [unknown]:1:2)");
  });
});
