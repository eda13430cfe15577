// Arguments that a method doesn't take. JavaScript drops them in silence, where Python says so.
import { PlanError } from "../connect/plan-error.ts";
import { shown } from "./argument-error.ts";

/**
 * Refuses the arguments that come after those that a function takes. Call it when there are more.
 * What `names.map(col)` passes beside each name, its place and the array, is let through where one argument is taken.
 * @param most how many it takes
 */
export function refuseSurplus(name: string, most: number, args: ArrayLike<unknown>): void {
  const isMapped = args.length === 3 && Array.isArray(args[2]) && args[2][args[1] as number] === args[0];
  if (isMapped && most === 1) return;
  const takes = most === 0 ? "none" : String(most);
  const count = `${args.length} argument${args.length === 1 ? "" : "s"}`;
  throw new PlanError(
    `${name}() was given ${count} and takes ${takes}.`,
    isMapped
      ? `map() passes the place and the array too: .map((each) => ${name}(each))`
      : `Leave ${shown(args[most])} out${most === 0 ? `: ${name}()` : ""}.`,
  );
}

/**
 * Lets the methods of classes, static ones too, refuse what comes after their last parameter. Call it once, when they
 * are complete; it is for methods without a rest parameter, others see all that they are given.
 */
export function refuseSurplusOf(...classes: readonly object[]): void {
  for (const each of classes) {
    guardMethods(each);
    let owner = (each as { prototype?: object }).prototype;
    for (; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner) as object) {
      guardMethods(owner);
    }
  }
}

/** What JavaScript itself calls, with arguments of its own. */
const exempt = new Set(["constructor", "toJSON"]);

function guardMethods(owner: object): void {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
    const method: unknown = property.value;
    if (typeof method !== "function" || exempt.has(name) || isClass(method)) continue;
    const most = parameterCount(String(method));
    if (most === undefined || guarded.has(method)) continue;
    const made = {
      [name](this: unknown): unknown {
        if (arguments.length > most) refuseSurplus(name, most, arguments);
        return method.apply(this, arguments) as unknown;
      },
    }[name];
    guarded.add(made);
    // For tooltips, which show the source and the comment of what the user called.
    Object.defineProperty(made, Symbol.for("sightline.original"), { value: method });
    Object.defineProperty(made, "length", { value: method.length, configurable: true });
    Object.defineProperty(owner, name, { ...property, value: made });
  }
}

const guarded = new WeakSet<object>();

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

/**
 * How many parameters a method has by its source, those with defaults too, which `length` leaves out; undefined when
 * the last one takes the rest.
 */
export function parameterCount(source: string): number | undefined {
  let depth = 0;
  let count = 0;
  let isInParameter = false;
  for (const [token] of source.slice(source.indexOf("(")).matchAll(tokens)) {
    if (token.startsWith("//") || token.startsWith("/*")) continue;
    if (token === "..." && depth === 1 && !isInParameter) return undefined;
    if ("([{".includes(token)) depth++;
    else if (")]}".includes(token)) depth--;
    if (depth === 0) return count;
    if (depth === 1 && token === ",") isInParameter = false;
    else if (!isInParameter && token !== "(") {
      isInParameter = true;
      count++;
    }
  }
  return count;
}

const tokens = /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\.\.\.|[^\s]/g;
