// Properties that a class doesn't have, looked up by name: `df.host` and `df["host"]`, `person.name.first`.
import { PlanError } from "../connect/plan-error.ts";

/** What the language, test runners and printers ask every object for; these names are never columns. */
const probes = new Set([
  "then",
  "toJSON",
  "inspect",
  "asymmetricMatch",
  "nodeType",
  "nodeName",
  "tagName",
  "ownerDocument",
]);

/**
 * Lets `find` answer for the properties that instances of a class don't have. Methods come first, so a column with
 * a method's name is reached by `col(name)` only.
 * A name that is a member's but for underscores and capitals, `group_by`, is refused: it is a slip of those who come
 * from Python, and the column that it would give fails far from here.
 * @param tried names that people try for members, because other libraries call them so, and ours
 */
export function resolveUnknownProperties<T extends object>(
  className: string,
  prototype: T,
  find: (object: T, name: string) => unknown,
  tried: Readonly<Record<string, string>> = {},
): void {
  const get = (target: object, name: string | symbol, object: unknown): unknown => {
    if (typeof name === "symbol" || name in target) return Reflect.get(target, name, object);
    if (probes.has(name) || /^(__|\$\$|@@)/.test(name) || object === prototype) return undefined;
    const member = memberMeant(prototype, name);
    if (member !== undefined) {
      throw new PlanError(
        `${className} has no member \`${name}\`: here it is called \`${member}\`.`,
        `Use .${member}, or for a column of that name: col(${JSON.stringify(name)}).`,
      );
    }
    if (Object.hasOwn(tried, name)) {
      throw new PlanError(
        `${className} has no member \`${name}\`: here it is called \`${tried[name]}\`.`,
        `Use .${tried[name]}, or for a field of that name: .getField(${JSON.stringify(name)}).`,
      );
    }
    return find(object as T, name);
  };
  // The target keeps Object.prototype in the chain, for instanceof and for what every object has.
  Object.setPrototypeOf(prototype, new Proxy({}, { get }));
}

/** An object of functions that refuses a name which is one's but for underscores and capitals: `F.count_distinct`. */
export function refuseMisspelt<T extends object>(name: string, functions: T): T {
  const get = (target: object, key: string | symbol, receiver: unknown): unknown => {
    if (typeof key === "symbol" || key in target || probes.has(key))
      return Reflect.get(target, key, receiver);
    const squeezed = key.replaceAll("_", "").toLowerCase();
    const meant = Object.keys(functions).find((each) => each.toLowerCase() === squeezed);
    if (meant === undefined) return undefined;
    throw new PlanError(
      `${name} has no \`${key}\`: here it is called \`${meant}\`.`,
      `Use ${name}.${meant}, with the same arguments.`,
    );
  };
  const object = Object.assign(Object.create(new Proxy({}, { get })) as T, functions);
  misspeltRefused.add(object);
  return object;
}

/** Whether an object was made by {@link refuseMisspelt}. */
export function refusesMisspelt(value: object): boolean {
  return misspeltRefused.has(value);
}

const misspeltRefused = new WeakSet<object>();

function memberMeant(prototype: object, name: string): string | undefined {
  if (name !== name.toLowerCase()) return undefined;
  const squeezed = name.replaceAll("_", "");
  return Object.getOwnPropertyNames(prototype).find((member) => member.toLowerCase() === squeezed);
}
