import { addingNumbers, type Adding, AccumulatorParam } from "../accumulator-param.ts";
import type { BundleNode, ClosureBundle, CodeNode, NodeId, PropertyName } from "../closures/bundle.ts";
import { AccumulatorCopy, zeroMaker } from "./accumulator-updates.ts";
import { BroadcastValue, type ReviveValue, sweepBroadcasts } from "./broadcast-value.ts";
import { cellsOf, type Cells, compile } from "./compile-code.ts";
import { exportOf, importer, loaded, packed, requirer } from "./load-module.ts";
import { lock, restoreProperties, type SetLater } from "./restore-properties.ts";
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
  sweepBroadcasts();
  const reviver = new Reviver(bundle, libraries);
  const functions = bundle.roots.map((id) => reviver.value(id) as (...args: unknown[]) => unknown);
  reviver.finish();
  return { functions, classes: reviver.classes };
}

const sharedLibrary = { AccumulatorParam };

class Reviver {
  readonly classes = new Map<number, ClassEntry>();
  readonly #nodes: readonly BundleNode[];
  readonly #libraries: Libraries;
  readonly #values = new Map<NodeId, unknown>();
  readonly #underWay = new Set<NodeId>();
  readonly #cells: Cells = new Map();
  /** Values wanted while they were being made, as in a class that mentions itself through a function. */
  readonly #later: (() => void)[] = [];
  /** What is locked can't be filled any more. */
  readonly #locks: (() => void)[] = [];
  readonly #slots: readonly unknown[];

  constructor(bundle: ClosureBundle, libraries: Libraries, slots: readonly unknown[] = []) {
    this.#nodes = bundle.nodes;
    this.#libraries = { ...libraries, shared: sharedLibrary };
    this.#slots = slots;
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
    for (const task of this.#locks) task();
  }

  /** Whether it can't be had now: it is being made. */
  #isPending(id: NodeId): boolean {
    return !this.#values.has(id) && this.#underWay.has(id);
  }

  /** Calls `set` with a value, at once or, in a cycle, when it is made. */
  readonly #whenMade: SetLater = (id, set) => {
    if (this.#isPending(id)) this.#later.push(() => set(this.value(id)));
    else set(this.value(id));
  };

  #make(id: NodeId, node: BundleNode): void {
    switch (node.kind) {
      case "data":
        this.#values.set(id, node.value);
        break;
      case "function":
      case "class":
        this.#makeCode(id, node);
        break;
      case "object": {
        const { prototype } = node;
        const isUsual = prototype === undefined || prototype === null;
        this.#keep(
          id,
          Object.create(isUsual ? (prototype === null ? null : Object.prototype) : null) as object,
        );
        if (!isUsual) this.#prototype(id, prototype, (value) => value as object);
        break;
      }
      case "instance": {
        // The base isn't known by its own number: what refers to it means the instance.
        const object = node.base === undefined ? {} : (this.value(node.base) as object);
        this.#values.set(id, object);
        this.#prototype(id, node.class, (owner) => (owner as { prototype: object }).prototype);
        this.#restore(object, node);
        break;
      }
      case "array": {
        const array = new Array<unknown>(node.items.length);
        this.#keep(id, array);
        node.items.forEach((item, index) => this.#whenMade(item, (value) => (array[index] = value)));
        break;
      }
      case "map": {
        const map = new Map<unknown, unknown>();
        this.#keep(id, map);
        this.#inOrder(node.entries, ([key, item]) => map.set(this.value(key), this.value(item)));
        break;
      }
      case "set": {
        const set = new Set<unknown>();
        this.#keep(id, set);
        this.#inOrder(
          node.items.map((item) => [item]),
          ([item]) => set.add(this.value(item)),
        );
        break;
      }
      case "error": {
        const Made = globalOf([node.class]) as new () => Error;
        const error = node.class === "AggregateError" ? new AggregateError([]) : new Made();
        delete error.stack;
        this.#keep(id, error);
        break;
      }
      case "regexp":
        this.#keep(id, new RegExp(node.source, node.flags));
        break;
      case "new": {
        const Made = globalOf(node.path) as new (...args: readonly unknown[]) => object;
        this.#values.set(id, new Made(...node.arguments));
        break;
      }
      case "symbol":
        this.#values.set(id, Symbol.for(node.key));
        break;
      case "prototype":
        this.#values.set(id, (this.value(node.class) as { prototype: object }).prototype);
        break;
      case "global":
        this.#values.set(id, globalOf(node.path));
        break;
      case "module":
        this.#module(id, exportOf(loaded(node.specifier), node.path));
        break;
      case "packed":
        this.#module(id, exportOf(packed(this.#pack(node.pack), node.entry), node.path));
        break;
      case "provided": {
        const library = this.#libraries[node.library];
        this.#values.set(id, node.member === undefined ? library : exportOf(library, [node.member]));
        break;
      }
      case "made": {
        const library = this.#libraries[node.library];
        const Maker = exportOf(library, [node.member]) as new (argument: unknown) => object;
        this.#values.set(id, new Maker(node.argument));
        break;
      }
      case "slot":
        this.#values.set(id, this.#slots[node.index]);
        break;
      case "broadcast":
        this.#values.set(id, new BroadcastValue(node.file, this.#classesOf(node), this.#reviveValue));
        break;
      case "accumulator": {
        const { param } = node;
        const made = () => (param === undefined ? addingNumbers : this.value(param)) as Adding<unknown>;
        const zero = zeroMaker(node.zero, this.#classesOf(node), this.#reviveValue);
        this.#values.set(id, new AccumulatorCopy({ ...node, param: made, zero, classes: this.classes }));
        break;
      }
      case "require":
      case "import": {
        const entries = Object.entries(node.packed ?? {}).map(
          ([specifier, { pack, entry }]) => [specifier, () => packed(this.#pack(pack), entry)] as const,
        );
        const make = node.kind === "require" ? requirer : importer;
        this.#values.set(id, make(node.from, new Map(entries)));
        break;
      }
    }
  }

  #pack(id: NodeId) {
    return this.value(id) as Parameters<typeof packed>[0];
  }

  /** A class that a package exports counts as one of the job's, too. */
  #module(id: NodeId, value: unknown): void {
    this.#values.set(id, value);
    if (typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value)))
      this.#isClass(id, value, false);
  }

  #isClass(id: NodeId, value: unknown, hasPrivateFields: boolean): void {
    this.classes.set(id, { constructor: value as ClassEntry["constructor"], hasPrivateFields });
  }

  /** Keeps an object that is still empty, so that what is inside can refer to it, and fills in its properties. */
  #keep(id: NodeId, object: object): void {
    this.#values.set(id, object);
    this.#restore(object, this.#nodes[id] as Extract<BundleNode, { kind: "object" }>);
  }

  #restore(object: object, node: Parameters<typeof restoreProperties>[1]): void {
    restoreProperties(object, node, this.#whenMade);
    if (node.locked) this.#locks.push(() => lock(object, node.locked!));
  }

  #prototype(id: NodeId, of: NodeId, prototypeOf: (value: unknown) => object): void {
    const object = this.#values.get(id) as object;
    this.#whenMade(of, (value) => Object.setPrototypeOf(object, prototypeOf(value)));
  }

  /** Adds to a Map or a Set in order, all that comes after something that isn't made yet included. */
  #inOrder<E extends readonly NodeId[]>(entries: readonly E[], add: (entry: E) => void): void {
    for (const [index, entry] of entries.entries()) {
      if (!entry.some((id) => this.#isPending(id))) {
        add(entry);
        continue;
      }
      this.#later.push(() => entries.slice(index).forEach(add));
      return;
    }
  }

  readonly #reviveValue: ReviveValue = (bundle, slots) => {
    const reviver = new Reviver(bundle, this.#libraries, slots);
    const value = reviver.value(bundle.roots[0]);
    reviver.finish();
    return value;
  };

  #classesOf({ classes }: { readonly classes: readonly NodeId[] }) {
    return () => classes.map((id) => this.value(id) as { prototype: object });
  }

  #makeCode(id: NodeId, node: CodeNode): void {
    const cells = cellsOf(node, this.#cells);
    const { setters, evaluate } = compile(node, cells);
    const bind = () => {
      for (const { name, value, shared } of node.scope) {
        if (shared === undefined) this.#whenMade(value, setters[name]);
        else if (!cells[name].isSet) {
          cells[name].isSet = true;
          this.#whenMade(value, (made) => (cells[name].value = made));
        }
      }
    };
    // A class looks at what it uses when it is defined (`extends`, static fields); a function when it is called.
    if (node.kind === "class") bind();
    const value = evaluate() as object;
    rename(value, node.name);
    this.#values.set(id, value);
    if (node.kind === "class") this.#isClass(id, value, node.hasPrivateFields);
    else bind();
    this.#restore(value, node.properties);
    const { prototype } = value as { prototype: object };
    if (node.additions) restoreProperties(prototype, node.additions, this.#whenMade);
    if (node.prototype === undefined) return;
    this.#isClass(id, value, false);
    this.#whenMade(node.prototype, (made) => ((value as { prototype: unknown }).prototype = made));
  }
}

function rename(fn: object, name: string): void {
  const own = Object.getOwnPropertyDescriptor(fn, "name");
  if (own?.value === name || (own && (!own.configurable || typeof own.value !== "string"))) return;
  Object.defineProperty(fn, "name", { value: name, configurable: true });
}

function globalOf(path: readonly PropertyName[]): unknown {
  return exportOf(globalThis, path as readonly string[]);
}
