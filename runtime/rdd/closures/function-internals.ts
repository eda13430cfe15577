// What V8 knows of a function that the language doesn't tell: its outer variables and where its text stands. Through
// an inspector session on this thread, without the Debugger domain, so that a debugger of the kernel's isn't disturbed.
import { Session } from "node:inspector";
import { scriptUrl } from "./script-urls.ts";

export interface FunctionInternals {
  /** The outer variable of this name, the innermost; undefined if there is none. */
  variable(name: string): OuterVariable | undefined;
  /** Whether the text is of an ES module, and so strict. */
  readonly isModule: boolean;
  /** Where V8 says it starts (see `FunctionText.anchor`), from 0; undefined for native functions. */
  readonly location: { readonly url: string; readonly line: number; readonly column: number } | undefined;
}

export interface OuterVariable {
  readonly value: unknown;
  readonly scope: OuterScope;
}

/** Variables that were declared together. V8 gives a copy of them, so that two can't be told to be the same. */
export interface OuterScope {
  /** "Module", "Closure", "Block" and so on, with the function's name. */
  readonly title: string;
  /** The values of all its variables, in their order; each time they are asked for, they are asked of V8. */
  read(): readonly (readonly [name: string, value: unknown])[];
}

interface RemoteValue {
  readonly type: string;
  readonly subtype?: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
  readonly objectId?: string;
  readonly description?: string;
}

interface Property {
  readonly name: string;
  readonly value?: RemoteValue;
}

const handle = Symbol.for("sightline.inspected");
const group = "sightline";
const shared = globalThis as unknown as Record<symbol, unknown>;

let session: Session | undefined;

export function functionInternals(fn: object): FunctionInternals {
  shared[handle] = fn;
  const { result } = post("Runtime.evaluate", {
    expression: `globalThis[Symbol.for("sightline.inspected")]`,
    objectGroup: group,
  }) as {
    result: RemoteValue;
  };
  delete shared[handle];
  const { internalProperties = [] } = properties(result) as { internalProperties?: Property[] };
  const internal = (name: string) => internalProperties.find((property) => property.name === name)?.value;
  const scopes = scopeChain(internal("[[Scopes]]"));
  const place = internal("[[FunctionLocation]]")?.value as
    | { scriptId: string; lineNumber: number; columnNumber?: number }
    | undefined;
  const url = place && scriptUrl(place.scriptId);
  return {
    variable(name) {
      const scope = scopes.find((one) => one.has(name));
      return scope && { value: local(scope.get(name)!), scope };
    },
    isModule: scopes.some((scope) => scope.kind === "Module"),
    location: url ? { url, line: place.lineNumber, column: place.columnNumber ?? 0 } : undefined,
  };
}

const nodesOwn = new WeakMap<object, boolean>();

/** Whether a function is JavaScript's or Node's own. */
export function isNodesOwn(fn: object): boolean {
  let isOwn = nodesOwn.get(fn);
  if (isOwn === undefined) {
    isOwn =
      /\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn)) ||
      (functionInternals(fn).location?.url.startsWith("node:") ?? false);
    nodesOwn.set(fn, isOwn);
  }
  return isOwn;
}

/** Lets go of what the inspector keeps for the functions looked at so far. */
export function releaseInternals(): void {
  post("Runtime.releaseObjectGroup", { objectGroup: group });
}

class Variables extends Map<string, RemoteValue> implements OuterScope {
  readonly kind: string;
  readonly title: string;

  constructor(kind: string, title: string) {
    super();
    this.kind = kind;
    this.title = title;
  }

  read() {
    return [...this].map(([name, value]) => [name, local(value)] as const);
  }
}

// The global scope is left out: its names are looked up on globalThis, by whoever asks.
function scopeChain(chain: RemoteValue | undefined): Variables[] {
  if (!chain) return [];
  const scopes: Variables[] = [];
  for (const { name, value } of properties(chain).result) {
    const kind = /^(\w+)/.exec(value?.description ?? "")?.[1];
    if (!value || !/^\d+$/.test(name) || !kind || kind === "Global") continue;
    const variables = new Variables(kind, value.description!);
    for (const variable of properties(value).result) {
      // Without a value: not initialised yet, or optimised away.
      if (variable.value) variables.set(variable.name, variable.value);
    }
    scopes.push(variables);
  }
  return scopes;
}

function properties({ objectId }: RemoteValue): { result: Property[] } {
  return post("Runtime.getProperties", { objectId, ownProperties: true }) as { result: Property[] };
}

/** The value itself, of which the inspector gives a description. */
function local(remote: RemoteValue): unknown {
  if (remote.objectId !== undefined) {
    const functionDeclaration = `function () { globalThis[Symbol.for("sightline.inspected")] = this; }`;
    post("Runtime.callFunctionOn", { objectId: remote.objectId, functionDeclaration });
    const value = shared[handle];
    delete shared[handle];
    return remote.type === "symbol" ? (value as symbol).valueOf() : value;
  }
  const text = remote.unserializableValue;
  if (text === undefined) return remote.value;
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
}

function post(method: string, params: object): unknown {
  if (!session) {
    session = new Session();
    session.connect();
  }
  let outcome: { error: Error | null; answer: unknown } | undefined;
  session.post(method, params, (error, answer) => (outcome = { error, answer }));
  if (!outcome || outcome.error) {
    const reason = outcome?.error ? JSON.stringify(outcome.error) : "no answer";
    throw new Error(`V8's inspector refused ${method}: ${reason}`);
  }
  return outcome.answer;
}
