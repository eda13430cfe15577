import { describe, expect, test } from "vitest";
import { readFunction } from "./free-variables.ts";

function free(source: string): string[] {
  return readFunction(source)!.variables.map(({ name }) => name);
}

describe("free variables", () => {
  test.each<[string, string[]]>([
    ["x => x + k", ["k"]],
    ["(x) => { const k = 1; return x + k; }", []],
    ["(x) => { if (x) { let y = a; } return y; }", ["a", "y"]],
    ["(x) => { if (x) { var y = a; } return y; }", ["a"]],
    ["function f(n) { return n ? f(n - 1) : g; }", ["g"]],
    ["({ a, b: [c, ...d], [key]: e = dflt }) => a + b + c + d + e", ["key", "dflt", "b"]],
    ["(x, y = x + z) => y", ["z"]],
    ["x => ({ x, y, z: w, [v]: 1 })", ["y", "w", "v"]],
    ["x => x.prop.other[index]", ["index"]],
    ["x => { try { f(); } catch (e) { return e; } }", ["f"]],
    ["x => { try { f(); } catch { return e; } }", ["f", "e"]],
    ["x => { for (const i of xs) use(i); return i; }", ["xs", "use", "i"]],
    ["x => { for (let i = 0; i < n; i++) {} }", ["n"]],
    ["x => { outer: for (;;) break outer; }", []],
    ["x => { switch (x) { case one: let t = 1; return t; } }", ["one"]],
    ["x => { return later(x); function later(y) { return y + q; } }", ["q"]],
    [
      "x => class A extends Base { static s = S; f = F; m() { return A + M; } [K] = 1; }",
      ["Base", "S", "F", "M", "K"],
    ],
    ["class A { static { use(A); } }", ["use"]],
    ["function () { return arguments.length; }", []],
    ["x => `a${b}c` + tag`t${u}`", ["b", "tag", "u"]],
    ["x => { [a, b.c] = x; d += 1; }", ["a", "b", "d"]],
    ["async x => await y", ["y"]],
    ["function* (x) { yield* z; }", ["z"]],
    ["parse(x) { return helper(x); }", ["helper"]],
    ["async *items(x) { yield w; }", ["w"]],
    ["get size() { return n; }", ["n"]],
    ["[Symbol.iterator]() { return it; }", ["it"]],
    ["x => typeof missing === 'undefined'", ["missing"]],
    ["x => x?.a?.[b] ?? c", ["b", "c"]],
    ["x => new Thing(x) instanceof Other", ["Thing", "Other"]],
    ["x => { const { a = b } = x; let c; ({ c } = a); }", ["b"]],
  ])("%s", (source, names) => {
    expect(free(source)).toEqual(names);
  });

  test("of a name whose properties alone are read, which ones", () => {
    const [path, config] = readFunction("x => path.join(x, path.sep) + config.a + config")!.variables;
    expect([...path.members!]).toEqual(["join", "sep"]);
    expect(config.members).toBeUndefined();
  });

  test("a name under typeof alone needn't exist", () => {
    const [a, b] = readFunction("x => typeof a + typeof b + b")!.variables;
    expect([a.isOnlyTypeof, b.isOnlyTypeof]).toEqual([true, false]);
  });
});

describe("what a function's text is", () => {
  test.each([
    ["x => this.y", true],
    ["x => { function f() { return this; } }", false],
    ["function () { return this.y; }", false],
    ["m() { return [1].map(() => this.y); }", false],
    ["x => class { f = this.y; }", false],
    ["x => arguments[0]", true],
    ["x => [1].map(() => this)", true],
  ])("%s uses an outer this: %s", (source, usesOuterThis) => {
    const { usesOuterThis: ofThis, usesOuterArguments } = readFunction(source)!;
    expect(ofThis || usesOuterArguments).toBe(usesOuterThis);
  });

  test("knows methods, classes, async functions, private fields and import.meta", () => {
    expect(readFunction("m() {}")!.isMethod).toBe(true);
    expect(readFunction("class { #a = 1; }")).toMatchObject({ isClass: true, hasPrivateFields: true });
    expect(readFunction("class { #a() {} }")!.hasPrivateFields).toBe(true);
    expect(readFunction("class { static #b = 1; }")!.hasPrivateFields).toBe(false);
    expect(readFunction("class A extends B.C {}")!.parent).toEqual([16, 19]);
    expect(readFunction("m() { return super.m(); }")!.usesOuterSuper).toBe(true);
    expect(readFunction("() => class extends B { m() { return super.m(); } }")!.usesOuterSuper).toBe(false);
    expect(readFunction("[key + 1](x) {}")!.computedName).toEqual([1, 8]);
    expect(readFunction("async () => {}")!.isAsync).toBe(true);
    expect(readFunction("() => import.meta.url")!.usesImportMeta).toBe(true);
  });

  test("native functions have no text", () => {
    expect(readFunction(String(Math.max))).toBeUndefined();
    expect(readFunction(String(free.bind(null)))).toBeUndefined();
  });

  test.each([
    ["x => 1", 0],
    ["async (x) => 1", 0],
    ["function f (x) {}", 11],
    ["function (x) {}", 9],
    ["m(x) {}", 1],
    ["async *m(x) {}", 8],
    ["class A { a = f(1); constructor(x) {} }", 31],
    ["class A { a = f(1); }", 0],
  ])("V8 counts %s from %i", (source, anchor) => {
    expect(readFunction(source)!.anchor).toBe(anchor);
  });
});
