import { types } from "node:util";
import type { BundleNode, CodeNode, NodeId, SourcePlace } from "./bundle.ts";
import { ClosureError } from "./closure-error.ts";
import { type FreeVariable, type FunctionText, readFunction } from "./free-variables.ts";
import { functionInternals, type FunctionInternals } from "./function-internals.ts";
import { knownValue, workerGlobals } from "./known-values.ts";
import { npmExport, npmPackage } from "./npm-module.ts";
import type { Trail } from "./trail.ts";

export interface CaptureOptions {
  /** Whether the executors see this machine's files, and so its npm packages. */
  readonly isLocal: boolean;
  /** What workers bring along, by the value here. */
  readonly provided?: ReadonlyMap<unknown, BundleNode>;
  /** How workers make an object of theirs like this one, if they can. */
  readonly made?: (value: object) => BundleNode | undefined;
  /** Tells the user of something that isn't an error. */
  readonly warn: (message: string) => void;
}

/** The part of a capture that functions need. */
export interface CodeCapture {
  readonly nodes: BundleNode[];
  readonly classes: Map<number, new (...args: never[]) => object>;
  readonly options: CaptureOptions;
  add(value: unknown, trail: Trail): NodeId;
  push(node: BundleNode, value?: object): NodeId;
}

type AnyFunction = (...args: never[]) => unknown;

/** Adds a function or class of the user's. */
export function captureCode(capture: CodeCapture, fn: object, trail: Trail): NodeId {
  const source = Function.prototype.toString.call(fn);
  const { name } = fn as AnyFunction;
  const text = readFunction(source);
  if (!text || text.usesOuterSuper) throw unreadable(source, name, trail);
  const internals = functionInternals(fn);
  const imported = fromPackage(capture.options, internals, fn, trail);
  if (imported) return capture.push(imported, fn);
  if (internals.location?.url.startsWith("node:")) {
    throw new ClosureError(
      `${trail}, the function ${name} of Node's own, which can't be sent to the executors.`,
      "Call it inside the function, through the module that exports it.",
    );
  }
  refuseOuterThis(text, trail);
  // Its place first, so that a function that mentions itself finds it.
  const id = capture.push({ kind: "data", value: undefined }, fn);
  if (text.isClass) capture.classes.set(id, fn as new () => object);
  const node: CodeNode = {
    kind: text.isClass ? "class" : "function",
    name,
    source: withoutComputedName(source, text),
    isMethod: text.isMethod,
    isStrict: internals.isModule,
    hasPrivateFields: text.hasPrivateFields || inheritsPrivateFields(fn, text.isClass),
    place: placeOf(internals, text, source),
    scope: scopeOf(capture, fn, text, internals, trail),
    properties: Object.keys(fn).map((key) => {
      const value = (fn as unknown as Record<string, unknown>)[key];
      return [key, capture.add(value, trail.member(key))] as const;
    }),
  };
  capture.nodes[id] = node;
  return id;
}

function unreadable(source: string, name: string, trail: Trail): ClosureError {
  if (/\[native code\]\s*\}$/.test(source)) {
    return new ClosureError(
      `${trail}${trail.expression === "" ? " is" : ","} ${name || "a function"}, a bound or native function, whose text nobody can read.`,
      "Write the call out: (x) => object.method(x)",
    );
  }
  return new ClosureError(
    `${trail}${trail.expression === "" ? " is" : ","} the method ${name}, which uses \`super\` or #private names of its class.`,
    "Give a function that makes the object and calls it: (x) => new Parser().parse(x)",
  );
}

function fromPackage(
  { isLocal }: CaptureOptions,
  { location }: FunctionInternals,
  fn: object,
  trail: Trail,
): BundleNode | undefined {
  const found = location && npmPackage(location.url);
  if (!found) return undefined;
  if (!isLocal) {
    throw new ClosureError(
      `${trail}, from the npm package ${found.name}, which the executors of another machine don't have.`,
      "Do that part here, on collected data, or write it with what Node itself has.",
    );
  }
  return npmExport(found, fn);
}

function refuseOuterThis(text: FunctionText, trail: Trail): void {
  const what = text.usesImportMeta ? "import.meta" : text.usesOuterThis ? "this" : undefined;
  if (!what) return;
  const subject = trail.expression === "" ? `${trail}` : `${trail}, which`;
  throw new ClosureError(
    `${subject} uses \`${what}\` of the place it was written in, which isn't there on the executors.`,
    what === "this"
      ? "Take the value before: const prefix = this.prefix;"
      : "Take the value before: const url = import.meta.url;",
  );
}

function inheritsPrivateFields(fn: object, isClass: boolean): boolean {
  if (!isClass) return false;
  const parent: unknown = Object.getPrototypeOf(fn);
  if (typeof parent !== "function" || parent === Function.prototype || knownValue(parent)) return false;
  const text = readFunction(Function.prototype.toString.call(parent));
  return text !== undefined && (text.hasPrivateFields || inheritsPrivateFields(parent, true));
}

/** Where the text starts; V8 gives the place of its anchor. */
function placeOf(
  { location }: FunctionInternals,
  { anchor }: FunctionText,
  source: string,
): SourcePlace | undefined {
  if (!location) return undefined;
  const before = source.slice(0, anchor).split(/\r\n|[\n\r\u2028\u2029]/);
  const line = location.line - (before.length - 1);
  // A text whose anchor is on a later line starts wherever it starts; only its first line is off then.
  const column = before.length === 1 ? location.column - anchor : 0;
  return { file: location.url, line, column: Math.max(column, 0) };
}

/** A method's own computed name is of no use to the worker; it is blanked, and the rest keeps its place. */
function withoutComputedName(source: string, { computedName }: FunctionText): string {
  if (!computedName) return source;
  const [start, end] = computedName;
  return `${source.slice(0, start)}0${source
    .slice(start, end)
    .slice(1)
    .replace(/[^\r\n\u2028\u2029]/g, " ")}${source.slice(end)}`;
}

function scopeOf(
  capture: CodeCapture,
  fn: object,
  text: FunctionText,
  internals: FunctionInternals,
  trail: Trail,
) {
  const scope: (readonly [string, NodeId])[] = [];
  for (const variable of text.variables) {
    const isParent = variable.name === text.parentName;
    const found = isParent
      ? { value: Object.getPrototypeOf(fn) as unknown }
      : lookUp(variable, internals, trail);
    if (found === "worker's own") continue;
    const inner = trail.variable(variable.name);
    scope.push([variable.name, addVariable(capture, variable, found.value, internals, inner)]);
  }
  return scope;
}

function lookUp(
  { name, isOnlyTypeof }: FreeVariable,
  internals: FunctionInternals,
  trail: Trail,
): { readonly value: unknown } | "worker's own" {
  const enclosed = internals.variable(name);
  if (enclosed) return enclosed;
  if (!(name in globalThis)) {
    if (isOnlyTypeof) return "worker's own";
    throw new ClosureError(
      `${trail.variable(name)}, which isn't defined, or not yet.`,
      `Define \`${name}\` before the action runs.`,
    );
  }
  const value = (globalThis as Record<string, unknown>)[name];
  if (!workerGlobals.has(name)) return { value };
  const isObject = typeof value === "function" || (typeof value === "object" && value !== null);
  if (!isObject) return "worker's own";
  // A cell may have given the name another value: `import crypto from "node:crypto"`.
  const known = knownValue(value);
  return known?.kind === "global" && (known.path.join(".") === name || name === "global")
    ? "worker's own"
    : { value };
}

function addVariable(
  capture: CodeCapture,
  { members }: FreeVariable,
  value: unknown,
  { location }: FunctionInternals,
  trail: Trail,
): NodeId {
  if (isRequire(value)) {
    return capture.push({
      kind: "require",
      from: location?.url.startsWith("file:") ? location.url : `${process.cwd()}/cell.js`,
    });
  }
  if (!members || !isNamespace(value)) return capture.add(value, trail);
  // Of a module only the exports that are used.
  const fields = [...members]
    .filter((member) => member in value)
    .map((member) => [member, capture.add(value[member], trail.member(member))] as const);
  return capture.push({ kind: "object", isBare: false, fields });
}

/** Whatever it is called: cells keep a `require` that the user declared under another name. */
function isRequire(value: unknown): boolean {
  return typeof value === "function" && value.name === "require" && "resolve" in value && "cache" in value;
}

function isNamespace(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return types.isModuleNamespaceObject(value) || Object.prototype.toString.call(value) === "[object Module]";
}
