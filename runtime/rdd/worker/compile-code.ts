import { runInThisContext } from "node:vm";
import type { CodeNode } from "../closures/bundle.ts";

export interface Compiled {
  /** For each variable that the code uses from outside and alone, what gives it its value. */
  readonly setters: Readonly<Record<string, (value: unknown) => void>>;
  readonly evaluate: () => unknown;
}

/** A variable that several functions have in common. */
export interface Cell {
  value: unknown;
  isSet: boolean;
}

/** The cells of a bundle, by number. */
export type Cells = Map<number, Cell>;

/** The cells of a function, by the variable's name; new ones are made. */
export function cellsOf({ scope }: CodeNode, all: Cells): Readonly<Record<string, Cell>> {
  const cells: Record<string, Cell> = Object.create(null);
  for (const { name, shared } of scope) {
    if (shared === undefined) continue;
    let cell = all.get(shared);
    if (!cell) all.set(shared, (cell = { value: undefined, isSet: false }));
    cells[name] = cell;
  }
  return cells;
}

/** Compiles a function's text where it stood in its file, with its outer variables around it. */
export function compile(node: CodeNode, cells: Readonly<Record<string, Cell>>): Compiled {
  const { source, isMethod, isStrict, place, scope, name } = node;
  const names = scope.filter(({ shared }) => shared === undefined).map((variable) => variable.name);
  let parameter = "value";
  while (names.includes(parameter)) parameter += "_";
  const declarations = names.length > 0 ? `let ${names.join()};` : "";
  const setters = names.map((variable) => `${variable}(${parameter}) { ${variable} = ${parameter}; }`).join();
  const [open, close] = isMethod ? ["({", "})"] : ["(", ")"];
  const { file = `function ${name}`, line = 0, column = 0 } = place ?? {};
  // Variables of several functions are looked up in an object: slower, so only those that one of them assigns.
  const [before, after] =
    Object.keys(cells).length > 0 ? ["with (this) return (function () {", "})();"] : ["", ""];
  // The head takes a line of its own, so that the text starts at its own line and column.
  const head = `(function () { ${before} ${isStrict ? '"use strict";' : ""} ${declarations} return { setters: { ${setters} }, evaluate: () => ${open}`;
  const code = `${head}\n${" ".repeat(column)}${source}\n${close} }; ${after} })`;
  const make = runInThisContext(code, { filename: file, lineOffset: line - 1 }) as (this: object) => Compiled;
  const compiled = make.call(variablesOf(cells));
  if (!isMethod) return compiled;
  return { setters: compiled.setters, evaluate: () => methodOf(compiled.evaluate() as object) };
}

/** An object whose properties are the variables. */
function variablesOf(cells: Readonly<Record<string, Cell>>): object {
  const variables = Object.create(null) as object;
  for (const [name, cell] of Object.entries(cells)) {
    Object.defineProperty(variables, name, {
      get: () => cell.value,
      set(value: unknown) {
        cell.value = value;
      },
    });
  }
  return variables;
}

function methodOf(holder: object): unknown {
  const { value, get, set } = Object.getOwnPropertyDescriptor(holder, Reflect.ownKeys(holder)[0])!;
  return value ?? get ?? set;
}
