import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import type { BundleNode, ClosureBundle, CodeNode, NodeId } from "../closures/bundle.ts";
import type { ClassEntry } from "./records.ts";

export interface Revived {
  /** The functions that were given to the RDD's methods, in their order. */
  readonly functions: readonly ((...args: unknown[]) => unknown)[];
  readonly classes: ReadonlyMap<number, ClassEntry>;
}

/** What a worker brings along, by the name of the library. */
export type Libraries = Readonly<Record<string, object>>;

/** Makes the functions of a bundle, with everything they use. */
export function revive(bundle: ClosureBundle, libraries: Libraries = {}): Revived {
  const reviver = new Reviver(bundle, libraries);
  const functions = bundle.roots.map((id) => reviver.value(id) as (...args: unknown[]) => unknown);
  reviver.finish();
  return { functions, classes: reviver.classes };
}

class Reviver {
  readonly classes = new Map<number, ClassEntry>();
  readonly #nodes: readonly BundleNode[];
  readonly #libraries: Libraries;
  readonly #values = new Map<NodeId, unknown>();
  readonly #underWay = new Set<NodeId>();
  /** Values wanted while they were being made, as in a class that mentions itself through a function. */
  readonly #later: (() => void)[] = [];

  constructor(bundle: ClosureBundle, libraries: Libraries) {
    this.#nodes = bundle.nodes;
    this.#libraries = libraries;
  }

  value(id: NodeId): unknown {
    if (this.#values.has(id)) return this.#values.get(id);
    this.#underWay.add(id);
    this.#make(id, this.#nodes[id]);
    this.#underWay.delete(id);
    return this.#values.get(id);
  }

  finish(): void {
    for (const task of this.#later) task();
  }

  /** Calls `set` with a value, at once or, in a cycle, when it is made. */
  #whenMade(id: NodeId, set: (value: unknown) => void): void {
    if (!this.#values.has(id) && this.#underWay.has(id)) this.#later.push(() => set(this.value(id)));
    else set(this.value(id));
  }

  #make(id: NodeId, node: BundleNode): void {
    switch (node.kind) {
      case "data":
        this.#values.set(id, node.value);
        break;
      case "function":
      case "class":
        this.#makeCode(id, node);
        break;
      case "object":
      case "instance": {
        const prototype =
          node.kind === "instance"
            ? prototypeOf(this.value(node.class))
            : node.isBare
              ? null
              : Object.prototype;
        const object = Object.create(prototype) as Record<string, unknown>;
        this.#values.set(id, object);
        for (const [name, field] of node.fields)
          this.#whenMade(field, (value) => define(object, name, value));
        break;
      }
      case "array": {
        const array: unknown[] = Array.from({ length: node.items.length });
        this.#values.set(id, array);
        node.items.forEach((item, index) => this.#whenMade(item, (value) => (array[index] = value)));
        break;
      }
      case "map": {
        const map = new Map<unknown, unknown>();
        this.#values.set(id, map);
        for (const [key, item] of node.entries) map.set(this.value(key), this.value(item));
        break;
      }
      case "set": {
        const set = new Set<unknown>();
        this.#values.set(id, set);
        for (const item of node.items) set.add(this.value(item));
        break;
      }
      case "global":
        this.#values.set(
          id,
          node.path.reduce<unknown>((value, name) => member(value, name), globalThis),
        );
        break;
      case "module":
        this.#values.set(id, imported(node.specifier, node.member));
        break;
      case "provided": {
        const library = this.#libraries[node.library];
        this.#values.set(id, node.member === undefined ? library : member(library, node.member));
        break;
      }
      case "made": {
        const Maker = member(this.#libraries[node.library], node.member) as new (argument: unknown) => object;
        this.#values.set(id, new Maker(node.argument));
        break;
      }
      case "require":
        this.#values.set(id, createRequire(node.from));
        break;
    }
  }

  #makeCode(id: NodeId, node: CodeNode): void {
    const { setters, evaluate } = compile(node);
    const bind = () => node.scope.forEach(([name, value]) => this.#whenMade(value, setters[name]));
    // A class looks at what it uses when it is defined (`extends`, static fields); a function when it is called.
    if (node.kind === "class") bind();
    const value = evaluate();
    this.#values.set(id, value);
    if (node.kind === "class") {
      const constructor = value as ClassEntry["constructor"];
      this.classes.set(id, { constructor, hasPrivateFields: node.hasPrivateFields });
    } else bind();
    for (const [name, property] of node.properties) {
      this.#whenMade(property, (item) => define(value as object, name, item));
    }
  }
}

interface Compiled {
  /** For each variable that the code uses from outside, what gives it its value. */
  readonly setters: Readonly<Record<string, (value: unknown) => void>>;
  readonly evaluate: () => unknown;
}

/** Compiles a function's text where it stood in its file, with its outer variables around it. */
function compile({ source, isMethod, isStrict, place, scope, name }: CodeNode): Compiled {
  const names = scope.map(([variable]) => variable);
  let parameter = "value";
  while (names.includes(parameter)) parameter += "_";
  const declarations = names.length > 0 ? `let ${names.join()};` : "";
  const setters = names.map((variable) => `${variable}(${parameter}) { ${variable} = ${parameter}; }`).join();
  const [open, close] = isMethod ? ["({", "})"] : ["(", ")"];
  const { file = `function ${name}`, line = 0, column = 0 } = place ?? {};
  // The head takes a line of its own, so that the text starts at its own line and column.
  const head = `(function () { ${isStrict ? '"use strict";' : ""} ${declarations} return { setters: { ${setters} }, evaluate: () => ${open}`;
  const code = `${head}\n${" ".repeat(column)}${source}\n${close} }; })()`;
  const compiled = runInThisContext(code, { filename: file, lineOffset: line - 1 }) as Compiled;
  if (!isMethod) return compiled;
  return { setters: compiled.setters, evaluate: () => methodOf(compiled.evaluate() as object) };
}

function methodOf(holder: object): unknown {
  const { value, get, set } = Object.getOwnPropertyDescriptor(holder, Reflect.ownKeys(holder)[0])!;
  return value ?? get ?? set;
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function prototypeOf(constructor: unknown): object {
  return (constructor as { prototype: object }).prototype;
}

function member(value: unknown, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}

// Node loads ES modules through `require` too, unless they wait at the top level.
function imported(specifier: string, name: string | undefined): unknown {
  const exports: unknown = createRequire(specifier.startsWith("/") ? specifier : process.execPath)(specifier);
  return name === undefined ? exports : member(exports, name);
}
