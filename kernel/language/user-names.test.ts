import { describe, expect, test } from "vitest";
import { readBinding } from "../execution/read-binding.ts";
import { assignable } from "./cell-constants.ts";
import { asWritten } from "./cell-sources.ts";
import { compileCell } from "./compile-cell.ts";
import { CELL_SUPPORT } from "./import-code.ts";
import { readPath } from "./live-value.ts";
import { internalName, withUserNames } from "./user-names.ts";

(globalThis as Record<string, any>)[CELL_SUPPORT] = { assignable, binding: readBinding };
let count = 0;

/** Runs cells one after the other; the value of the last one. */
async function run(...cells: string[]): Promise<any> {
  let value: unknown;
  for (const source of cells) value = await compileCell(source, `Cell [${++count}]`).run();
  return value;
}

describe("a name of Node's own", () => {
  const { URL, Map, setTimeout, Event, Blob, File, Iterator, WeakMap } = globalThis;

  test.each([
    ["const", "const URL = 1", "URL", 1],
    ["let without a value", "let URL", "URL", undefined],
    ["var in a loop", "for (var URL = 0; URL < 3; URL++);", "URL", 3],
    [
      "function, used before its line",
      "const early = URL(2); function URL(x) { return x && URL(0) + 1 }",
      "[early, URL.name]",
      [1, "URL"],
    ],
    [
      "class",
      "class URL { static make() { return new URL() } }",
      "[URL.make() instanceof URL, URL.name]",
      [true, "URL"],
    ],
    ["enum", "enum URL { A, B } enum URL { C = 5 }", "[URL.A, URL.B, URL.C]", [0, 1, 5]],
    ["namespace", "namespace URL { export const x = 5 }", "URL.x", 5],
    ["arrow function", "const URL = () => 1", "[URL(), URL.name]", [1, "URL"]],
    ["patterns", "const { URL, a: [Map = URL] } = { URL: 3, a: [] }", "[URL, Map]", [3, 3]],
    ["shorthand", "const URL = 4", "({ URL })", { URL: 4 }],
    ["shorthand with a default", "let URL = 5", "({ URL = 6 } = {}); URL", 6],
    ["assignment", "let URL = 1", "URL += 2; [URL] = [URL + 1]; URL++; URL", 5],
    ["typeof and template", "const URL = 1", "`${typeof URL}`", "number"],
    ["import", 'import { join as URL } from "node:path"', 'URL("a", "b")', "a/b"],
    ["export", "export const URL = 7; export { URL as other }", "URL", 7],
    [
      "in a function and a class",
      "const URL = 1",
      "class C9 { x = URL; [URL]() { return URL } }; [new C9().x, new C9()[1]()]",
      [1, 1],
    ],
    ["declared again", "const URL = 1; ", "class URL {}; typeof URL", "function"],
  ])("%s, with and without await: visible to cells only", async (_, declaration, use, value) => {
    expect(await run(declaration, use)).toEqual(value);
    expect(await run(`await null; ${declaration}`, use)).toEqual(value);
    expect([globalThis.URL, globalThis.Map]).toEqual([URL, Map]);
  });

  test("inner declarations, members, keys and labels of this name stay", async () => {
    await run("const Blob = 'mine'");
    const code = `
      const seen = [];
      function inner(Blob) { seen.push(Blob); { let Blob = 2; seen.push(Blob) } for (const Blob of [3]) seen.push(Blob) }
      inner(1);
      Blob: for (;;) break Blob;
      try { throw 4 } catch (Blob) { seen.push(Blob) }
      switch (1) { case 1: let Blob = 5; seen.push(Blob) }
      (() => { seen.push(typeof Blob); var Blob = 6 })();
      seen.push({ Blob: 7 }.Blob, ((x) => x.Blob)({ Blob: 8 }), (function Blob() { return typeof Blob })());
      seen.push(new (class Blob { Blob = Blob.name })().Blob, (({ Blob }) => Blob)({ Blob: 9 }), Blob);
      seen`;
    expect(await run(code)).toEqual([1, 2, 3, 4, 5, "undefined", 7, 8, "function", "Blob", 9, "mine"]);
    expect(globalThis.Blob).toBe(Blob);
  });

  test("Promise of the user's own doesn't break waiting, and a failed declaration keeps the global", async () => {
    expect(await run("let Promise = 1; await null; Promise", "await null; Promise + 1")).toBe(2);
    await expect(run("await null; const Event = (() => { throw new Error('no') })()")).rejects.toThrow("no");
    expect(await run("Event")).toBe(Event);
    await expect(run('import { setTimeout } from "node:nothing"')).rejects.toThrow("node:nothing");
    expect(await run("setTimeout")).toBe(setTimeout);
  });

  test("assigned without a declaration it is the global", async () => {
    try {
      await run("File = 5; globalThis.Iterator = 6");
      expect([globalThis.File, globalThis.Iterator]).toEqual([5, 6]);
    } finally {
      Object.assign(globalThis, { File, Iterator });
    }
  });

  test("is shown as the user wrote it", async () => {
    await run("const WeakMap = 5");
    const error = await run("WeakMap()").catch((thrown: Error) => thrown);
    expect(asWritten(error.message)).toBe("WeakMap is not a function");
    expect(withUserNames(`${internalName("WeakMap")} ${internalName("WeakSet")}`)).toBe(
      `WeakMap ${internalName("WeakSet")}`,
    );
    expect(readPath(["WeakMap"])).toEqual({ value: 5 });
    expect(globalThis.WeakMap).toBe(WeakMap);
  });

  test("names that the kernel gives to cells are replaced", () => {
    expect([internalName("spark"), internalName("display"), internalName("module")]).toEqual([
      undefined,
      undefined,
      "__user_module",
    ]);
  });
});

describe("assigning to a constant", () => {
  test.each([
    ["in its cell", "const c1 = 1; c1 = 2", "c1"],
    ["with an operator", "const c2 = 1; c2 += 2", "c2"],
    ["counting", "const c3 = 1;\nc3++", "c3"],
    ["a pattern", "const c4 = 1; let d4; [d4, { c4 }] = [2, { c4: 3 }]", "c4"],
    ["a loop", "const c5 = 1; for (c5 of [1, 2]);", "c5"],
    ["from a function", "const c6 = 1; function f6() { c6 = 2 } f6()", "c6"],
    ["an import", 'import { join as c7 } from "node:path"; c7 = 1', "c7"],
    ["of another cell", "await null; const c8 = 1; 0", "c8", "c8 = 2"],
    ["in a cell that waits", "await null; const c9 = 1; --c9", "c9"],
  ])("%s is refused", async (_, first, name, second = "0") => {
    const error: Error = await run(first, second).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      `Assignment to constant variable \`${name}\`.\nDeclare it with let, or declare it again in another cell.`,
    );
    expect(asWritten(error.stack!)).toMatch(/Cell \[\d+\], line \d+:\d+/);
  });

  test("keeps its value, and another declaration makes it a variable", async () => {
    expect(await run("const e1 = 1; try { e1 = 2 } catch {} e1")).toBe(1);
    expect(await run("function g1() { e1 = 3 } let e1 = 1; g1(); e1")).toBe(3);
    expect(await run("const e2 = 1", "const e2 = 2; e2")).toBe(2);
    expect(await run("const e3 = 1; { let e3 = 2; e3 = 3 } ((e3) => { e3 = 4 })(0); e3")).toBe(1);
    expect(await run("const e4 = { x: 1 }; e4.x = 2; e4.x")).toBe(2);
  });
});
