import { Module } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { types } from "node:util";
import type { BundleNode, CodeNode, NodeId, SourcePlace, Variable } from "./bundle.ts";
import { hasPrivateFields } from "./class-text.ts";
import { ClosureError } from "./closure-error.ts";
import { type FreeVariable, type FunctionText, readFunction } from "./free-variables.ts";
import { functionInternals, type FunctionInternals, type OuterScope } from "./function-internals.ts";
import { knownValue, workerGlobals } from "./known-values.ts";
import { npmExport, npmPackage } from "./npm-module.ts";
import { propertiesOf } from "./object-properties.ts";
import type { Wanted } from "./pack-modules.ts";
import type { SharedVariables } from "./shared-variables.ts";
import type { Trail } from "./trail.ts";
import { type Written, writtenForWorker } from "./written-for-worker.ts";

export interface CaptureOptions {
  /** Whether the executors see this machine's files, and so its npm packages. */
  readonly isLocal: boolean;
  /** What workers bring along, by the value here. */
  readonly provided?: ReadonlyMap<unknown, BundleNode>;
  /** How workers make an object of theirs like this one, if they can. */
  readonly made?: (value: object) => BundleNode | undefined;
  /** What to do about a large capture; by default, to broadcast it. */
  readonly largeRemedy?: string;
  /** Tells the user of something that isn't an error. Without it nothing is measured. */
  readonly warn?: (message: string) => void;
  /** What becomes of functions and classes, in the place of {@link captureCode}. */
  readonly code?: (capture: CodeCapture, fn: object, trail: Trail) => NodeId;
}

/** The part of a capture that functions need. */
export interface CodeCapture {
  readonly nodes: BundleNode[];
  readonly classes: Map<number, new (...args: never[]) => object>;
  readonly options: CaptureOptions;
  readonly shared: SharedVariables;
  readonly modules: Wanted[];
  /** What must not be collected as long as the capture is in use. */
  readonly held: object[];
  add(value: unknown, trail: Trail): NodeId;
  push(node: BundleNode, value?: object): NodeId;
}

/** Adds a function or class of the user's. */
export function captureCode(capture: CodeCapture, fn: object, trail: Trail): NodeId {
  const source = Function.prototype.toString.call(fn);
  const name = nameOf(fn);
  const text = readFunction(source);
  if (!text || text.usesOuterSuper) throw unreadable(source, name, trail);
  const internals = functionInternals(fn);
  const imported = fromPackage(internals, fn);
  if (imported) {
    const id = capture.push(imported, fn);
    if (imported.kind === "module") capture.modules.push({ id, file: imported.specifier, trail });
    if (text.isClass) capture.classes.set(id, fn as new () => object);
    return id;
  }
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
  const written = writtenForWorker(source, text);
  const imports = importVariable(capture, text, written.importName, internals, trail);
  const scope = scopeOf(capture, id, fn, { ...text, ...written }, internals, trail);
  capture.nodes[id] = {
    kind: text.isClass ? "class" : "function",
    name,
    source: written.source,
    isMethod: text.isMethod,
    isStrict: isStrict(fn, internals),
    hasPrivateFields: text.isClass && hasPrivateFields(fn),
    place: placeOf(internals, text, source),
    scope: [...scope, ...imports],
    properties: propertiesOf(capture, fn, trail, (_, { enumerable }) => !enumerable),
    ...prototypeOf(capture, fn, text, source, trail),
  };
  return id;
}

/** Modules are strict, and cells. Of other scripts a plain function tells: only a sloppy one has this property. */
function isStrict(fn: object, { isModule, location }: FunctionInternals): boolean {
  if (isModule || location?.url.startsWith("Cell [")) return true;
  return /^function\b(?!\s*\*)/.test(Function.prototype.toString.call(fn)) && !Object.hasOwn(fn, "caller");
}

function nameOf(fn: object): string {
  const { name } = fn as { name: unknown };
  return typeof name === "string" ? name : ""; // a class may have a static method of this name
}

/** What was added to the prototype by hand: all of it for a function, what isn't in its text for a class. */
function prototypeOf(
  capture: CodeCapture,
  fn: object,
  text: FunctionText,
  source: string,
  trail: Trail,
): Pick<CodeNode, "prototype" | "additions"> {
  const { prototype } = fn as { prototype?: object };
  if (!prototype || typeof prototype !== "object" || text.isMethod) return {};
  const names = Reflect.ownKeys(prototype);
  const inner = trail.member("prototype");
  if (text.isClass) {
    const isOfText = (_: unknown, { value, get, set }: PropertyDescriptor) =>
      [value, get, set].every(
        (part) =>
          part === undefined ||
          part === fn ||
          (typeof part === "function" && source.includes(Function.prototype.toString.call(part))),
      );
    const additions = propertiesOf(capture, prototype, inner, isOfText);
    return Object.keys(additions).length > 0 ? { additions } : {};
  }
  const parent: unknown = Object.getPrototypeOf(prototype);
  const isUntouched = names.every((name) => name === "constructor") && prototype.constructor === fn;
  // A generator function's has no constructor, and generators look at it.
  if ((isUntouched && parent === Object.prototype) || (names.length === 0 && parent !== null)) return {};
  const node = capture.push({ kind: "data", value: undefined }, prototype);
  capture.nodes[node] = {
    kind: "object",
    ...(parent !== Object.prototype && { prototype: parent === null ? null : capture.add(parent, inner) }),
    ...propertiesOf(capture, prototype, inner),
  };
  return { prototype: node };
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

function fromPackage({ location }: FunctionInternals, fn: object): BundleNode | undefined {
  const found = location && npmPackage(location.url);
  return found && npmExport(found, fn);
}

function refuseOuterThis(text: FunctionText, trail: Trail): void {
  const what = text.usesImportMeta
    ? "import.meta"
    : text.usesOuterThis
      ? "this"
      : text.usesOuterArguments
        ? "arguments"
        : undefined;
  if (!what) return;
  const remedies = {
    this: "Take the value before: const prefix = this.prefix;",
    arguments: "Take the values before: const [first] = arguments;",
    "import.meta": "Take the value before: const url = import.meta.url;",
  };
  const subject = trail.expression === "" ? `${trail}` : `${trail}, which`;
  throw new ClosureError(
    `${subject} uses \`${what}\` of the place it was written in, which isn't there on the executors.`,
    remedies[what],
  );
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

function scopeOf(
  capture: CodeCapture,
  id: NodeId,
  fn: object,
  text: FunctionText & Written,
  internals: FunctionInternals,
  trail: Trail,
): Variable[] {
  const scope: Variable[] = [];
  if (text.parentName !== undefined) {
    const value = capture.add(Object.getPrototypeOf(fn), trail.member("__proto__"));
    scope.push({ name: text.parentName, value });
  }
  const { url = "", line = 0, column = 0 } = internals.location ?? {};
  for (const variable of text.variables) {
    const { name, isAssigned } = variable;
    const found = lookUp(variable, internals, trail);
    if (found === "worker's own") continue;
    const value = addVariable(capture, variable, found.value, internals, trail.variable(name));
    scope.push({ name, value });
    const use = { function: id, name, value, isAssigned, file: url, place: `${line}:${column}` };
    capture.shared.note({ ...use, scope: found.scope });
  }
  return scope;
}

/** `import()` as a variable of the function's. */
function importVariable(
  capture: CodeCapture,
  { imports }: FunctionText,
  name: string | undefined,
  { location }: FunctionInternals,
  trail: Trail,
): Variable[] {
  if (name === undefined) return [];
  const specifiers = imports.map(({ specifier }) => specifier);
  if (!capture.options.isLocal && specifiers.includes(undefined)) {
    throw new ClosureError(
      `${trail}${trail.expression === "" ? " uses" : ", which uses"} import() of a name that is known only when it runs, so its package can't be sent along.`,
      'Write the name as text: await import("lodash").',
    );
  }
  const value = capture.push({ kind: "import", from: importersOf(location) });
  const wanted = specifiers.filter((specifier) => specifier !== undefined);
  capture.modules.push({ id: value, specifiers: wanted, trail });
  return [{ name, value }];
}

/** The files that modules are looked for from: a cell's are beside the notebook, or come with this project. */
function importersOf(location: FunctionInternals["location"]): string[] {
  if (location?.url.startsWith("file:")) return [fileURLToPath(location.url)];
  if (location?.url.startsWith("/")) return [location.url];
  return [join(process.cwd(), "notebook.ts"), fileURLToPath(import.meta.url)];
}

function lookUp(
  { name, isOnlyTypeof }: FreeVariable,
  internals: FunctionInternals,
  trail: Trail,
): { readonly value: unknown; readonly scope: OuterScope | undefined } | "worker's own" {
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
  if (!workerGlobals.has(name)) return { value, scope: undefined };
  const isObject = typeof value === "function" || (typeof value === "object" && value !== null);
  if (!isObject) return "worker's own";
  // A cell may have given the name another value: `import crypto from "node:crypto"`.
  const known = knownValue(value);
  return known?.kind === "global" && (known.path.join(".") === name || name === "global")
    ? "worker's own"
    : { value, scope: undefined };
}

function addVariable(
  capture: CodeCapture,
  { members, calledWith }: FreeVariable,
  value: unknown,
  { location }: FunctionInternals,
  trail: Trail,
): NodeId {
  if (isRequire(value)) {
    const id = capture.push({ kind: "require", from: importersOf(location) });
    capture.modules.push({ id, specifiers: [...calledWith], trail });
    return id;
  }
  if (value instanceof Module && members) return capture.add(pick(value, members), trail);
  if (!members || !isNamespace(value)) return capture.add(value, trail);
  // Of a module only the exports that are used.
  const fields = [...members]
    .filter((member) => member in value)
    .map((member) => [member, capture.add(value[member], trail.member(member))] as const);
  return capture.push({ kind: "object", fields });
}

/** Whatever it is called: cells keep a `require` that the user declared under another name. */
function isRequire(value: unknown): boolean {
  return typeof value === "function" && value.name === "require" && "resolve" in value && "cache" in value;
}

function isNamespace(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return types.isModuleNamespaceObject(value) || Object.prototype.toString.call(value) === "[object Module]";
}

/** Of a CommonJS file's `module` what is used. */
function pick(module: object, members: ReadonlySet<string>): object {
  return Object.fromEntries(
    [...members].map((name) => [name, (module as Record<string, unknown>)[name]] as const),
  );
}
